import type { Schemas } from '~/api/client'
import type { Signature, Slot } from './QuorumMeter'

type Who = Schemas['RequestViewsWho']

/** What lists say about a request beyond the first version of the API; until a server has it, words are made from the rest. */
interface Told {
  title: string
  titleObject: string
  signed: Who[]
  approvals: number
  needed: number
  slots: Array<{ label: string; kind: string; mine: boolean; impossible: boolean }>
  missing: string
  why: { code: string; title: string; detail: string }
  result: string
  rejectedBy: Who
  endedAt: string
  usableUntil: string
}

/** A request in a list, as this reader sees it. */
export type Row = Schemas['RequestViewsRequestRow'] & Partial<Told>

/** The title as three parts, of which the middle one is what is acted on and stands in bold. */
export interface TitleParts {
  before: string
  object: string
  after: string
}

export function titleParts(row: Row): TitleParts {
  const title = row.title ?? `${row.action.title} on ${row.resource.name}`
  const object = row.title === undefined ? row.resource.name : (row.titleObject ?? '')
  // The object comes after the verb: in "Sync sync with Git" the second one is meant.
  const at = object === '' ? -1 : title.indexOf(object, title.startsWith(object) && title !== object ? 1 : 0)
  if (at < 0) return { before: title, object: '', after: '' }
  return { before: title.slice(0, at), object, after: title.slice(at + object.length) }
}

/** The title as one text, for names and tooltips. */
export function titleText(row: Row): string {
  const { before, object, after } = titleParts(row)
  return before + object + after
}

/** Who has signed, which lines are empty, and the sentence beneath them. */
export interface Sheet {
  signatures: Signature[]
  slots: Slot[]
  bold: string
  words: string
}

export function sheetOf(row: Row): Sheet {
  const approvals = row.approvals ?? sum(row.progress.map((one) => one.approvals))
  const needed = row.needed ?? sum(row.progress.map((one) => Math.max(one.approvals, one.needed)))
  const signatures: Signature[] = (row.signed ?? []).map((who) => ({ id: who.id, name: who.name, kind: who.kind }))
  const pending = row.state === 'pending'
  if (row.rejectedBy) {
    signatures.push({ id: row.rejectedBy.id, name: row.rejectedBy.name, kind: row.rejectedBy.kind, denied: true })
  }
  const slots: Slot[] = pending
    ? (row.slots ??
      row.progress.flatMap((one) =>
        Array.from({ length: Math.max(0, one.needed - one.approvals) }, () => ({ label: one.name })),
      ))
    : []
  if (pending) return { signatures, slots, bold: `${approvals} of ${needed}`, words: row.missing ?? '' }
  if (row.state === 'denied') {
    return { signatures, slots, bold: 'Rejected', words: row.rejectedBy ? `by ${row.rejectedBy.name}` : '' }
  }
  if (row.state === 'expired' || row.state === 'cancelled') {
    return { signatures, slots, bold: count(approvals, 'approval'), words: row.state === 'expired' ? 'not enough in time' : '' }
  }
  return { signatures, slots, bold: `${approvals} of ${Math.max(approvals, needed)}`, words: 'met' }
}

/** Whether this reader can approve, and why, in two short lines; the tone says how it is drawn. */
export interface Verdict {
  tone: 'yours' | 'locked' | 'impossible' | 'over'
  title: string
  detail: string
}

export function verdictOf(row: Row): Verdict {
  const impossible = row.why ? row.why.code === 'cannot-be-met' : row.unsatisfiableSince !== undefined && !row.canApprove
  const tone = row.canApprove ? 'yours' : row.state !== 'pending' ? 'over' : impossible ? 'impossible' : 'locked'
  if (row.why) return { tone, title: row.why.title, detail: row.why.detail }
  if (row.canApprove) return { tone, title: 'You can approve', detail: '' }
  if (impossible) return { tone, title: 'Cannot be met now', detail: 'too few people can approve' }
  return { tone, title: 'Not yours to approve', detail: row.whyNot?.sentence ?? '' }
}

const HOUR = 3_600_000

/** Whether so little time is left that it must be said in red; what is over is not urgent any more. */
export function urgent(deadline: string, now: number): boolean {
  const left = Date.parse(deadline) - now
  return left > 0 && left < HOUR
}

/** What an approved request waits for next, from its requester's side. */
export function nextStep(row: Row): string {
  switch (row.state) {
    case 'pending':
      if (row.unsatisfiableSince) return 'Cannot be met as people and rules are. Its policy\u2019s owner was told.'
      return row.missing ? `Waiting: ${row.missing}.` : 'Waiting for approvals.'
    case 'approved':
      return 'Approved. Run it now: its grant works once.'
    case 'executing':
      return row.result === 'unknown' ? 'Running, and nobody has told how it went.' : 'Running.'
    case 'executed':
      return row.result === 'failed' ? 'Ran, and failed.' : row.result === 'not-reported' ? 'Ran; the outcome was not reported.' : 'Ran as approved.'
    case 'denied':
      return row.rejectedBy ? `${row.rejectedBy.name} rejected it. Read why, then resubmit with changes.` : 'Rejected. Read why, then resubmit with changes.'
    case 'expired':
      return 'Nobody completed it in time. Ask again if you still need it.'
    case 'grant-expired':
      return 'Approved, but not used in time. Ask again if you still need it.'
    case 'revoked':
      return 'Its grant was revoked before it was used.'
    case 'cancelled':
      return 'You cancelled it.'
    default:
      return ''
  }
}

/** The state as a badge shows it: of what was executed, how it went. */
export function badgeOf(row: Row): string {
  if (row.state === 'executed') return row.result && row.result !== 'unknown' ? row.result : 'executed'
  if (row.state === 'executing' && row.result === 'unknown') return 'outcome-unknown'
  return row.state
}

/** "1 approval", "3 approvals". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
