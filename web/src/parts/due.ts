const DAY = 86_400_000

/** The day it is in a zone, as the API writes days. */
export function dayIn(now: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(now))
}

/** "due today", "due in 5 days", "3 days overdue". */
export function dueWords(dueOn: string, today: string): string {
  const days = Math.round((Date.parse(`${dueOn}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY)
  if (days === 0) return 'due today'
  if (days === 1) return 'due tomorrow'
  if (days === -1) return '1 day overdue'
  return days > 0 ? `due in ${days} days` : `${-days} days overdue`
}

/** "Thu 3 Dec 2026". */
export function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
    .format(new Date(`${day}T00:00:00Z`))
    .replace(',', '')
}

/** Whether a follow-up is still to be done: neither done, nor void because the vote it came with was taken back. */
export function isOwed(one: { state: string }): boolean {
  return one.state === 'open' || one.state === 'overdue'
}
