import { Group, Input, NumberInput, Select } from '@mantine/core'
import { useId } from 'react'
import { type Unit, fromIso, toIso, unitWords } from './durations'

interface DurationFieldProps {
  label: string
  description?: string | undefined
  error?: string | undefined
  /** ISO 8601. */
  value: string
  onChange: (value: string) => void
}

/** A duration as a number and a unit. */
export function DurationField({ label, description, error, value, onChange }: DurationFieldProps) {
  const id = useId()
  const { amount, unit } = fromIso(value)
  return (
    <Input.Wrapper label={label} description={description} error={error} id={id} inputWrapperOrder={['label', 'description', 'input', 'error']}>
      <Group gap={6} wrap="nowrap" mt={description ? 4 : 0}>
        <NumberInput
          id={id}
          min={1}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          value={amount}
          error={error !== undefined}
          onChange={(next) => onChange(toIso(next === '' ? 0 : Number(next), unit))}
          style={{ width: 90 }}
        />
        <Select
          aria-label={`${label}, unit`}
          allowDeselect={false}
          data={Object.entries(unitWords).map(([one, words]) => ({ value: one, label: words }))}
          value={unit}
          onChange={(next) => next && onChange(toIso(amount, next as Unit))}
          style={{ width: 120 }}
        />
      </Group>
    </Input.Wrapper>
  )
}
