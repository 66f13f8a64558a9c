import { useState } from 'react'
import { fromIso, toIso, type Unit } from './durations'
import { numberFault } from './numbers'

/** A duration as it was typed: neither a wrong number nor the unit changes under the hand. */
export function useTypedDuration(value: string, onChange: (value: string) => void) {
  const [typed, setTyped] = useState<{ amount: number | string; unit: Unit; iso: string }>()
  const { amount, unit } = typed?.iso === value ? typed : fromIso(value)
  const type = (next: number | string, of: Unit) => {
    const iso = toIso(numberFault(next, { min: 1 }) ? 0 : Number(next), of)
    setTyped({ amount: next, unit: of, iso })
    onChange(iso)
  }
  return { amount, unit, setAmount: (next: number | string) => type(next, unit), setUnit: (next: Unit) => type(amount, next) }
}
