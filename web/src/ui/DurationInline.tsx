import { NumberInput, Select } from '@mantine/core'
import { fromIso, toIso, type Unit, unitWords } from './durations'

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
  const { amount, unit } = fromIso(value)
  return (
    <span style={{ display: 'inline-flex', gap: 4 }}>
      <NumberInput
        aria-label={label}
        w={72}
        min={1}
        allowDecimal={false}
        allowNegative={false}
        value={amount}
        error={error !== undefined}
        onChange={(next) => onChange(toIso(next === '' ? 0 : Number(next), unit))}
      />
      <Select
        aria-label={`${label}, unit`}
        w={104}
        allowDeselect={false}
        data={units.map((one) => ({ value: one, label: unitWords[one] }))}
        value={unit}
        onChange={(next) => next && onChange(toIso(amount, next as Unit))}
      />
    </span>
  )
}
