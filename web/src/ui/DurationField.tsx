import { Group, Input, Select } from '@mantine/core'
import { useId } from 'react'
import { type Unit, unitWords } from './durations'
import { NumberField } from './NumberField'
import { numberFault } from './numbers'
import { useTypedDuration } from './useTypedDuration'

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
  const { amount, unit, setAmount, setUnit } = useTypedDuration(value, onChange)
  const told = numberFault(amount, { min: 1 }) ?? error
  return (
    <Input.Wrapper label={label} description={description} error={told} id={id} inputWrapperOrder={['label', 'description', 'input', 'error']}>
      <Group gap={6} wrap="nowrap" mt={description ? 4 : 0}>
        <NumberField id={id} quiet min={1} hideControls value={amount} error={error} onChange={setAmount} style={{ width: 90 }} />
        <Select
          aria-label={`${label}, unit`}
          allowDeselect={false}
          data={Object.entries(unitWords).map(([one, words]) => ({ value: one, label: words }))}
          value={unit}
          onChange={(next) => next && setUnit(next as Unit)}
          style={{ width: 120 }}
        />
      </Group>
    </Input.Wrapper>
  )
}
