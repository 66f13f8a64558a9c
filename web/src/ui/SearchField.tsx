import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { useKeys } from '~/app/keys'
import classes from './SearchField.module.css'

interface SearchFieldProps {
  label: string
  placeholder?: string
  value: string
  /** Called when somebody stops typing. */
  onChange: (value: string) => void
  width?: number
}

/** The search of a list; its text lives in the address, `/` goes there. */
export function SearchField({ label, placeholder, value, onChange, width = 280 }: SearchFieldProps) {
  const [text, setText] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const sent = useRef(value)
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => {
    if (text === sent.current) return undefined
    const timer = setTimeout(() => {
      sent.current = text
      latest.current(text)
    }, 250)
    return () => clearTimeout(timer)
  }, [text])
  useKeys([{ keys: '/', does: 'search', run: () => input.current?.focus() }])
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={placeholder ?? label}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={text ? <CloseButton size={22} aria-label="Clear the search" onClick={() => setText('')} /> : <kbd aria-hidden>/</kbd>}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') input.current?.blur()
      }}
      className={classes.field}
      style={{ '--width': `${width}px` } as CSSProperties}
    />
  )
}
