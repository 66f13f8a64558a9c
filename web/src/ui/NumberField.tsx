import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { numberFault } from './numbers'

interface NumberFieldProps extends Omit<NumberInputProps<number>, 'value' | 'onChange' | 'min' | 'max' | 'error' | 'ref' | 'clampBehavior'> {
  value: number | string
  onChange: (value: number | string) => void
  min: number
  max?: number
  /** A part of a number is one too. */
  parts?: boolean
  /** It may be left empty. */
  optional?: boolean
  error?: string | undefined
  /** Only marks the field: the sentence stands elsewhere. */
  quiet?: boolean
}

/** A number as it was typed: one out of bounds stays and says so, and its form is not sent. */
export function NumberField({ value, onChange, min, max, parts = false, optional = false, error, quiet = false, ...rest }: NumberFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const wrong = numberFault(value, { min, max, parts, optional })
  useEffect(() => input.current?.setCustomValidity(wrong ?? ''), [wrong])
  return (
    <NumberInput
      {...rest}
      ref={input}
      min={min}
      max={max}
      clampBehavior="none"
      value={value}
      error={quiet ? Boolean(wrong ?? error) : (wrong ?? error)}
      onChange={onChange}
      onInvalid={(event) => {
        // The sentence is beside the field already; the browser need not say it in a bubble.
        event.preventDefault()
        event.currentTarget.closest('form')?.querySelector<HTMLElement>('input:invalid')?.focus()
      }}
    />
  )
}
