/** Times and durations as people say them. Units never break from their numbers. */

const NBSP = '\u00a0'
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** "3 h 28 min", at most two units, always at least "1 min" above 0 and "0 min" below a minute when asked coarsely. */
export function duration(millis: number): string {
  const whole = Math.max(0, Math.floor(Math.abs(millis)))
  if (whole < MINUTE) return `${Math.floor(whole / SECOND)}${NBSP}s`
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)}${NBSP}min`
  if (whole < DAY) {
    const minutes = Math.floor((whole % HOUR) / MINUTE)
    return `${Math.floor(whole / HOUR)}${NBSP}h` + (minutes ? `${NBSP}${minutes}${NBSP}min` : '')
  }
  const hours = Math.floor((whole % DAY) / HOUR)
  return `${Math.floor(whole / DAY)}${NBSP}d` + (hours ? `${NBSP}${hours}${NBSP}h` : '')
}

/** "12 min ago", "in 3 h", "just now". */
export function relative(instant: string | number | Date, now: number): string {
  const distance = new Date(instant).getTime() - now
  if (Math.abs(distance) < 45 * SECOND) return 'just now'
  return distance < 0 ? `${duration(distance)} ago` : `in ${duration(distance)}`
}

/** "3 h 28 min left", "ended 4 min ago". */
export function left(deadline: string | number | Date, now: number): string {
  const distance = new Date(deadline).getTime() - now
  return distance > 0 ? `${duration(distance)} left` : `ended ${duration(distance)} ago`
}

/** An ISO 8601 duration as people say it: PT1H30M is "1 h 30 min". */
export function isoDuration(text: string): string {
  const millis = isoMillis(text)
  return millis === undefined ? text : duration(millis)
}

/** An ISO 8601 duration in whole words: PT4H is "4 hours", P1DT12H "1 day 12 hours"; what is none stays as it is. */
export function spokenDuration(text: string): string {
  let rest = isoMillis(text)
  if (rest === undefined) return text
  // 24 hours are said as hours, as people set them; more than one day is days.
  const units = [...(rest > DAY ? [['day', DAY] as const] : []), ['hour', HOUR] as const, ['minute', MINUTE] as const, ['second', SECOND] as const]
  const said: string[] = []
  for (const [word, size] of units) {
    const amount = Math.floor(rest / size)
    rest -= amount * size
    if (amount > 0) said.push(`${amount}${NBSP}${word}${amount === 1 ? '' : 's'}`)
  }
  return said.join(' ') || `0${NBSP}seconds`
}

/** A sentence of the server with its durations in words; what it quotes in backticks stays as it was written. */
export function spokenDurations(sentence: string): string {
  return sentence
    .split('`')
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/\bP(?=[\dT])[\dDTHMS]*[DHMS]\b/g, spokenDuration)))
    .join('`')
}

/** An ISO 8601 duration in milliseconds; undefined for what is none. */
export function isoMillis(text: string): number | undefined {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(text)
  if (!parts || text === 'P' || text.endsWith('T')) return undefined
  const [, days, hours, minutes, seconds] = parts.map((one) => Number(one ?? 0))
  return (days ?? 0) * DAY + (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + (seconds ?? 0) * SECOND
}

/** The moment in a zone: "Sun 29 Nov 2026, 13:40:05 UTC". */
export function absolute(instant: string | number | Date, zone?: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(new Date(instant))
  return parts.replace(/^(\w+),? /, '$1 ')
}

/** "13:40" today, else "28 Nov 13:40". */
export function clock(instant: string | number | Date, now: number, zone?: string): string {
  const moment = new Date(instant)
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const sameDay = day.format(moment) === day.format(new Date(now))
  return new Intl.DateTimeFormat('en-GB', {
    ...(sameDay ? {} : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  })
    .format(moment)
    .replace(',', '')
}

/** The reader's own zone. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
