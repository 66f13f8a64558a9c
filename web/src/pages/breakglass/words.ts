import { absolute, clock, duration, isoMillis } from '~/ui/time'
import type { EmergencyChange, Owed, Scope, Session, Taken } from './shape'

const MINUTE = 60_000

/** "42:18", "1:02:09"; "0:00" when it is over. */
export function countdown(endsAt: string, now: number): string {
  const seconds = Math.max(0, Math.round((Date.parse(endsAt) - now) / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** How much of a session is over, 0 to 1. */
export function elapsed(startedAt: string, endsAt: string, now: number): number {
  const whole = Date.parse(endsAt) - Date.parse(startedAt)
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, (now - Date.parse(startedAt)) / whole))
}

/** How long a session may last: sensible steps between the organization's bounds, both bounds among them. */
export function steps(minimum: string, maximum: string): string[] {
  const least = isoMillis(minimum)
  const most = isoMillis(maximum)
  if (least === undefined || most === undefined || most < least) return []
  const between = [15, 30, 60, 120, 240, 480].map((minutes) => minutes * MINUTE).filter((one) => one > least && one < most)
  return [...new Set([least, ...between, most])].map((millis) => `PT${Math.floor(millis / 1000)}S`)
}

const ends: Record<string, string> = {
  time: 'its time was over',
  revoked: 'it was ended before its time',
  'owner-disabled': 'its owner was deactivated',
  'permission-taken': 'its owner lost the permission',
  'maximum-lowered': 'the organization shortened how long sessions may last',
}

/** How a session stands, in words. */
export function stateWords(session: Pick<Session, 'state' | 'endedWhy' | 'lasted'>): string {
  switch (session.state) {
    case 'active':
      return 'Active'
    case 'requested':
      return 'Waiting for approval'
    case 'not-opened':
      return session.endedWhy ? `Not opened: ${endWords(session.endedWhy)}` : 'Not opened'
    case 'ended': {
      const lasted = isoMillis(session.lasted ?? '')
      return lasted === undefined ? 'Ended' : `Ended after ${duration(lasted)}`
    }
    default:
      return session.state
  }
}

/** "21:21 UTC", and where another zone is read "21:21 UTC (22:21 CET)". */
export function latest(end: number, now: number, zone?: string): string {
  const common = `${clock(end, now, 'UTC')} UTC`
  const own = `${clock(end, now, zone)} ${absolute(end, zone).replace(/^.*:\d\d /, '')}`
  return own === common ? common : `${common} (${own})`
}

/** Why it ended. */
export function endWords(why: string): string {
  return ends[why] ?? why.replaceAll('-', ' ')
}

export interface Debt {
  what: 'Closure' | 'Review'
  state: 'done' | 'owed' | 'overdue'
  at: string
}

/** What is owed after a session, and whether it is late. */
export function debts(owed: Owed | undefined): Debt[] {
  if (!owed) return []
  const debt = (what: Debt['what'], done: string | undefined, late: boolean, due: string): Debt =>
    done ? { what, state: 'done', at: done } : { what, state: late ? 'overdue' : 'owed', at: due }
  return [
    debt('Closure', owed.closedAt, owed.closureOverdue, owed.closureDueAt),
    debt('Review', owed.reviewedAt, owed.reviewOverdue, owed.reviewDueAt),
  ]
}

/** "Restart, Roll back on payments/production". */
export function scopeWords(scope: Scope): string {
  const few = (all: string[]) => (all.length > 3 ? `${all.slice(0, 2).join(', ')} and ${all.length - 2} more` : all.join(', '))
  return `${few(scope.actions.map((one) => one.title))} on ${few(scope.resources.map((one) => one.name))}`
}

/** Which way an emergency change went. */
export function wayOf(change: Pick<EmergencyChange, 'kind'>): string {
  return change.kind === 'break-glass' ? 'Break-glass' : 'Emergency workflow'
}

/** How far it came, as a state that has a badge: an outcome where there is one; what a session let pass nobody approved. */
export function farOf(change: Pick<EmergencyChange, 'kind' | 'state' | 'outcome'>): string | undefined {
  return change.outcome ?? (change.kind === 'break-glass' && change.state === 'approved' ? 'break-glass' : change.state)
}

/** What the review says to it; what people decide owes none, whether they have decided it yet or not. */
export function reviewWords(change: Pick<EmergencyChange, 'kind' | 'verdict'>): string | undefined {
  if (change.kind !== 'break-glass') return 'None owed'
  return change.verdict ? (verdictWords[change.verdict] ?? change.verdict) : undefined
}

export const verdictWords: Record<string, string> = {
  justified: 'Justified',
  'not-justified': 'Not justified',
  'follow-up': 'Needs a follow-up',
}

/** What was performed, as the closure will say it. */
export function performed(one: Taken): string {
  return `${one.action.title} on ${one.resource.name}${one.outcome ? `, ${one.outcome}` : ''}`
}

/** Links, one per line. */
export function links(text: string): string[] {
  return text
    .split(/\s+/)
    .map((one) => one.trim())
    .filter(Boolean)
}

/** Whether it is a link that a page may carry. */
export function isLink(text: string): boolean {
  return /^https?:\/\//i.test(text)
}

/** "AR-7", whether the server says the number or the name. */
export function requestName(number: string): string {
  return /^\d+$/.test(number) ? `AR-${number}` : number
}

/** What still keeps a session from being opened, each with its field. */
export function lacks(form: { reason: string; incident: string; typed: string; actions: string[]; resources: string[]; confirm?: string | undefined; typedScope: string }): Record<string, string> {
  const faults: Record<string, string> = {}
  if (!form.incident.trim()) faults.incident = 'Name the incident, for example INC-2242.'
  if (!form.reason.trim()) faults.reason = 'Say why approval cannot wait.'
  if (form.actions.length === 0) faults.actions = 'Choose what the repair needs.'
  if (form.resources.length === 0) faults.resources = 'Choose where the repair is.'
  if (form.confirm && form.typedScope.trim() !== form.confirm) faults.confirmScope = `Type ${form.confirm}, or choose single environments or clusters.`
  if (form.incident.trim() && form.typed.trim() !== form.incident.trim()) faults.typed = `Type ${form.incident.trim()} once more.`
  return faults
}

const DAY = 86_400_000

/** The day of a moment, in UTC: "2026-11-29". */
export function dayOf(instant: string): string {
  return new Date(instant).toISOString().slice(0, 10)
}

/** The moment a day begins, in UTC. */
export function startOf(day: string): string {
  return `${day}T00:00:00Z`
}

/** The moment the day is over: a period that ends here includes it. */
export function dayAfter(day: string): string {
  return startOf(dayOf(new Date(Date.parse(startOf(day)) + DAY).toISOString()))
}

/** The last day that a period which ends here includes. */
export function dayBefore(end: string): string {
  return dayOf(new Date(Date.parse(end) - 1).toISOString())
}

/** How a moment is drawn in the timeline. */
export function momentLook(type: string): string {
  if (/refused/.test(type)) return 'refused'
  if (/^(breakglass-(opened|revoked|ended)|request-bypassed)/.test(type)) return 'glass'
  if (/^breakglass-requested|opened$/.test(type)) return 'asked'
  if (/closed|reviewed|closure|review/.test(type)) return 'document'
  if (/redeemed|used/.test(type)) return 'used'
  if (/outcome|executed/.test(type)) return 'done'
  if (/remind|notif|deliver|told/.test(type)) return 'told'
  if (/overdue/.test(type)) return 'stuck'
  if (/revoked|cancelled/.test(type)) return 'cancelled'
  return 'other'
}
