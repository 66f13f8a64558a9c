import type { Schemas } from '~/api/client'
import type { Signature, Slot } from './QuorumMeter'

/** A request in a list, as this reader sees it. */
export type Row = Schemas['RequestViewsRequestRow']

/** The title as three parts, of which the middle one is what is acted on and stands in bold. */
export interface TitleParts {
  before: string
  object: string
  after: string
}

export function titleParts(row: Row): TitleParts {
  const { title, titleObject: object } = row
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
  const { approvals, needed, slots } = row
  const signatures: Signature[] = row.signed.map((who) => ({ id: who.id, name: who.name, kind: who.kind }))
  if (row.state === 'pending') return { signatures, slots, bold: `${approvals} of ${needed}`, words: row.missing ?? '' }
  const over = { signatures, slots: [] }
  if (row.breakGlass) return { ...over, bold: row.breakGlass.session, words: 'nobody approved this' }
  if (row.state === 'denied') {
    const by = row.rejectedBy
    if (by) signatures.push({ id: by.id, name: by.name, kind: by.kind, denied: true })
    return { ...over, bold: 'Rejected', words: by ? `by ${by.name}` : '' }
  }
  if (row.state === 'expired' || row.state === 'cancelled') {
    return { ...over, bold: count(approvals, 'approval'), words: row.state === 'expired' ? 'not enough in time' : '' }
  }
  return { ...over, bold: `${approvals} of ${Math.max(approvals, needed)}`, words: 'met' }
}

/** Whether this reader can approve, and why, in two short lines; the tone says how it is drawn. */
export interface Verdict {
  tone: 'yours' | 'locked' | 'impossible' | 'over'
  title: string
  detail: string
}

export function verdictOf(row: Row): Verdict {
  const tone = row.canApprove ? 'yours' : row.state !== 'pending' ? 'over' : row.why.code === 'cannot-be-met' ? 'impossible' : 'locked'
  return { tone, title: row.why.title, detail: row.why.detail }
}

const HOUR = 3_600_000

/** Whether so little time is left that it must be said in red; what is over is not urgent any more. */
export function urgent(deadline: string, now: number): boolean {
  const left = Date.parse(deadline) - now
  return left > 0 && left < HOUR
}

/** The opening of a session begins it with the approval: no grant is redeemed, and none can be late. */
export function beganAtOnce(row: Pick<Row, 'action' | 'state'>): boolean {
  return row.action.id === 'breakglass.initiate' && (row.state === 'approved' || row.state === 'grant-expired')
}

/** What an approved request waits for next, from its requester's side. */
export function nextStep(row: Row): string {
  if (beganAtOnce(row)) return 'Approved, and the session began with it.'
  switch (row.state) {
    case 'pending':
      if (row.unsatisfiableSince) return 'Cannot be met as people and rules are. Its policy\u2019s owner was told.'
      return row.missing ? `Waiting: ${row.missing}.` : 'Waiting for approvals.'
    case 'approved':
      return row.breakGlass ? `Permitted by ${row.breakGlass.session}. Run it now: its grant works once.` : 'Approved. Run it now: its grant works once.'
    case 'executing':
      return row.result === 'unknown' ? 'Running, and nobody has told how it went.' : 'Running.'
    case 'executed':
      return row.result === 'failed' ? 'Ran, and failed.' : row.result === 'not-reported' ? 'Ran; the outcome was not reported.' : row.breakGlass ? `Ran in ${row.breakGlass.session}; nobody approved it.` : 'Ran as approved.'
    case 'denied':
      return row.rejectedBy ? `${row.rejectedBy.name} rejected it. Read why, then ask again with what was changed.` : 'Rejected. Read why, then ask again with what was changed.'
    case 'expired':
      return 'Nobody completed it in time. Ask again if you still need it.'
    case 'grant-expired':
      return `${row.breakGlass ? 'Permitted by break-glass' : 'Approved'}, but not used in time. Ask again if you still need it.`
    case 'revoked':
      return 'Its grant was revoked before it was used.'
    case 'cancelled':
      return 'You cancelled it.'
    default:
      return ''
  }
}

/** The state as a badge shows it: of what was executed, how it went; what nobody approved is not called approved. */
export function badgeOf(row: Row): string {
  if (row.state === 'approved' && row.breakGlass) return 'break-glass'
  if (beganAtOnce(row)) return 'approved'
  if (row.state === 'executed') return row.result && row.result !== 'unknown' ? row.result : 'executed'
  if (row.state === 'executing' && row.result === 'unknown') return 'outcome-unknown'
  return row.state
}

/** "1 approval", "3 approvals". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
