import { offsetMinutes } from '~/parts/week'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The next moment after now at which a zone's clock shows this weekday (0 is Monday, none is any) and hour. */
export function nextMoment(now: number, zone: string, hour: number, weekday?: number): number {
  for (let ahead = 0; ahead <= 8; ahead++) {
    const local = new Date(now + ahead * DAY + offsetMinutes(now, zone) * 60_000)
    const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate())
    const guess = midnight + hour * HOUR - offsetMinutes(now + ahead * DAY, zone) * 60_000
    // The offset of that very moment, which a change of the clocks may have moved.
    const at = midnight + hour * HOUR - offsetMinutes(guess, zone) * 60_000
    const day = (new Date(midnight).getUTCDay() + 6) % 7
    if (at > now && (weekday === undefined || day === weekday)) return at
  }
  return now
}

/** Moments at which rules often differ, on the organization's clock. */
export function momentsOf(now: number, zone: string): Array<{ label: string; at: number }> {
  return [
    { label: 'Mon 10:00', at: nextMoment(now, zone, 10, 0) },
    { label: 'Tonight 22:00', at: nextMoment(now, zone, 22) },
    { label: 'Sat 12:00', at: nextMoment(now, zone, 12, 5) },
  ]
}

/** A moment as the value of a date and time field, on the reader's clock. */
export function localInput(moment: number): string {
  if (Number.isNaN(moment)) return ''
  const date = new Date(moment)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}
