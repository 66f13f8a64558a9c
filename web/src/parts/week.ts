/** The hours of a week in which something applies: seven days from Monday, 24 hours each. */
export type Hours = ReadonlyArray<ReadonlyArray<boolean>>

const SHORT = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

export interface Run {
  from: number
  to: number
}

/** The stretches of one day that apply, as hours from and to. */
export function runs(day: ReadonlyArray<boolean>): Run[] {
  const found: Run[] = []
  day.forEach((applies, hour) => {
    const last = found[found.length - 1]
    if (!applies) return
    if (last && last.to === hour) last.to = hour + 1
    else found.push({ from: hour, to: hour + 1 })
  })
  return found
}

export function hoursPerWeek(hours: Hours): number {
  return hours.reduce((sum, day) => sum + day.filter(Boolean).length, 0)
}

/** "Mon to Fri", "Sat and Sun", "Mon, Wed and Fri". */
export function dayWords(days: number[]): string {
  const sorted = [...days].sort((one, other) => one - other)
  if (sorted.length === 7) return 'every day'
  const inRow = sorted.length > 2 && sorted[sorted.length - 1]! - sorted[0]! === sorted.length - 1
  const names = sorted.map((day) => SHORT[day]!)
  if (inRow) return `${names[0]} to ${names[names.length - 1]}`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
}

function hourWord(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

function shape(day: ReadonlyArray<boolean>): string {
  return day.map((hour) => (hour ? '1' : '0')).join('')
}

/** When in a week, in a few words: "always", "nights and weekends", "Mon to Fri 09:00 to 18:00". */
export function weekWords(hours: Hours): string {
  const total = hoursPerWeek(hours)
  if (total === 168) return 'always'
  if (total === 0) return 'never'
  const groups = new Map<string, number[]>()
  hours.forEach((day, at) => {
    const key = shape(day)
    groups.set(key, [...(groups.get(key) ?? []), at])
  })
  const weekdays = hours.slice(0, 5)
  const weekend = hours.slice(5)
  const sameWeekdays = weekdays.every((day) => shape(day) === shape(weekdays[0]!))
  const first = weekdays[0]!
  const nightly = sameWeekdays && first[0] && first[23] && runs(first).length === 2
  if (nightly && weekend.every((day) => day.every(Boolean))) return 'at night and on weekends'
  if (groups.size === 1 && nightly) return 'at night'
  if (groups.size > 3) return `${total} hours a week`
  const words = [...groups.entries()]
    .filter(([key]) => key.includes('1'))
    .map(([key, days]) => {
      const stretches = runs([...key].map((one) => one === '1'))
      const whole = stretches.length === 1 && stretches[0]!.from === 0 && stretches[0]!.to === 24
      const wraps = stretches.length === 2 && stretches[0]!.from === 0 && stretches[1]!.to === 24
      const day = dayWords(days)
      if (whole) return day
      if (wraps) return `${day} ${hourWord(stretches[1]!.from)} to ${hourWord(stretches[0]!.to)}`
      return `${day} ${stretches.map((one) => `${hourWord(one.from)} to ${hourWord(one.to)}`).join(' and ')}`
    })
  return words.join(', ')
}

/** The place of a moment in a zone's week: the day from Monday and the hour with its fraction. */
export function placeInWeek(instant: number, zone: string): { day: number; hour: number; clock: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).formatToParts(new Date(instant))
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  const day = Math.max(0, SHORT.indexOf(of('weekday')))
  const hour = Number(of('hour')) + Number(of('minute')) / 60
  return { day, hour, clock: `${of('weekday')} ${of('hour')}:${of('minute')}` }
}

/** A zone's offset to UTC in minutes at a moment. */
export function offsetMinutes(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).formatToParts(new Date(instant))
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'))
  return Math.round((local - Math.floor(instant / 60_000) * 60_000) / 60_000)
}

/** "you are in UTC: 3 h behind", or nothing where reader and policy share a clock. */
export function offsetWords(instant: number, zone: string, own: string): string {
  const minutes = offsetMinutes(instant, own) - offsetMinutes(instant, zone)
  if (minutes === 0) return own === zone ? '' : `you are in ${placeOf(own)}: the same time`
  const size = Math.abs(minutes)
  const words = size % 60 === 0 ? `${size / 60}\u00a0h` : `${Math.floor(size / 60)}\u00a0h\u00a0${size % 60}\u00a0min`
  return `you are in ${placeOf(own)}: ${words} ${minutes < 0 ? 'behind' : 'ahead'}`
}

/** "Istanbul" for Europe/Istanbul. */
export function placeOf(zone: string): string {
  return zone.split('/').pop()!.replaceAll('_', ' ')
}
