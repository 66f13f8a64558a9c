import { isoMillis } from './time'

export type Unit = 'M' | 'H' | 'D'

export const unitWords: Record<Unit, string> = { M: 'minutes', H: 'hours', D: 'days' }

const MINUTE = 60_000
const sizes: Record<Unit, number> = { M: MINUTE, H: 60 * MINUTE, D: 24 * 60 * MINUTE }

/** A duration in the largest unit that says it as a whole number; a single day stays 24 hours. */
export function fromIso(iso: string): { amount: number; unit: Unit } {
  const millis = isoMillis(iso) ?? 0
  for (const unit of ['D', 'H'] as const) {
    const amount = millis / sizes[unit]
    if (Number.isInteger(amount) && amount > (unit === 'D' ? 1 : 0)) return { amount, unit }
  }
  return { amount: Math.round(millis / MINUTE), unit: 'M' }
}

/** The same, written. */
export function toIso(amount: number, unit: Unit): string {
  return unit === 'D' ? `P${amount}D` : `PT${amount}${unit}`
}
