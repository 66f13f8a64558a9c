import { Select } from '@mantine/core'
import { type Unit, unitWords } from './durations'
import { NumberField } from './NumberField'
import { useTypedDuration } from './useTypedDuration'

interface DurationInlineProps {
  /** What lasts so long, for screen readers; the sentence around it says it to everybody else. */
  label: string
  /** ISO 8601. */
  value: string
  onChange: (value: string) => void
  units?: Unit[]
  error?: string | undefined
}

/** A duration within a sentence: a number and a unit, without a label of their own. */
export function DurationInline({ label, value, onChange, units = ['M', 'H', 'D'], error }: DurationInlineProps) {
  const { amount, unit, setAmount, setUnit } = useTypedDuration(value, onChange)
  return (
    <span style={{ display: 'inline-flex', gap: 4 }}>
      <NumberField aria-label={label} w={72} quiet min={1} value={amount} error={error} onChange={setAmount} />
      <Select
        aria-label={`${label}, unit`}
        w={104}
        allowDeselect={false}
        data={units.map((one) => ({ value: one, label: unitWords[one] }))}
        value={unit}
        onChange={(next) => next && setUnit(next as Unit)}
      />
    </span>
  )
}
