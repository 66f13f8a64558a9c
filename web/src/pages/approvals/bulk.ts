import { count, type Row } from '~/parts/requests'

/** How many requests one act may decide, at most. */
export const MOST_AT_ONCE = 50

/** Why this row must be decided by itself; undefined when it may be one of several. */
export function whyAlone(row: Row): string | undefined {
  if (row.state !== 'pending') return 'it is decided'
  if (!row.canApprove) return 'you cannot approve it'
  if (row.action.risk.toLowerCase() === 'critical') return 'critical requests are decided one by one'
  return undefined
}

/** Whether this person may decide several at once, as the server says it. */
export interface BulkVoting {
  allowed: boolean
  why?: string
}

/** What the bar offers for a selection. */
export interface Offer {
  /** The rows that one act would decide. */
  together: Row[]
  /** Those that must be decided by themselves, with the reason. */
  alone: Array<{ row: Row; why: string }>
  /** Why nothing is decided together; undefined when it is offered. */
  refused?: string
}

export function offerFor(rows: readonly Row[], voting: BulkVoting): Offer {
  const alone = rows.flatMap((row) => {
    const why = whyAlone(row)
    return why === undefined ? [] : [{ row, why }]
  })
  const together = rows.filter((row) => whyAlone(row) === undefined)
  const refused =
    (voting.allowed ? undefined : sentence(voting.why ?? 'you decide one by one')) ??
    (together.length === 0 ? 'None of these can be decided together.' : undefined) ??
    (together.length > MOST_AT_ONCE ? `At most ${MOST_AT_ONCE} at once; ${together.length} are selected.` : undefined)
  return { together, alone, refused }
}

/** The bar's second line: what the selected ones have in common, or what stands apart. */
export function selectionWords(rows: readonly Row[]): string {
  const first = rows[0]
  if (!first) return ''
  const critical = rows.filter((row) => row.action.risk.toLowerCase() === 'critical').length
  if (critical > 0) return `${count(critical, 'is', 'are')} critical, decided one by one`
  const all = rows.length === 1 ? '' : rows.length === 2 ? 'both ' : 'all '
  const risk = first.action.risk.toLowerCase()
  const parts = rows.every((row) => row.action.risk.toLowerCase() === risk) ? [`${all}${risk} risk`] : []
  const slots = rows.map((row) => new Set(row.slots.filter((slot) => slot.mine).map((slot) => slot.label)))
  const shared = [...(slots[0] ?? [])].filter((label) => slots.every((one) => one.has(label)))
  if (shared.length > 0) parts.push(`${all}need${rows.length === 1 ? 's' : ''} ${shared.join(' and ')}`)
  return parts.join(', ')
}

/** How it went with one of them, as the server answers. */
export interface Answer {
  request: string
  status: number
  state?: string
  problem?: { code: string; detail: string; remedy?: string }
}

/** Whether there is nothing left to decide: it was taken, it is gone, or it is decided already. */
export function isSettled(answer: Answer): boolean {
  return [200, 404, 409].includes(answer.status)
}

/** "4 approved, 1 refused." */
export function answersInShort(answers: readonly Answer[], vote: 'approve' | 'deny'): string {
  const taken = answers.filter((one) => one.status === 200).length
  const refused = answers.length - taken
  const done = `${taken} ${vote === 'approve' ? 'approved' : 'rejected'}`
  return refused === 0 ? `${done}.` : `${done}, ${refused} refused.`
}

/** What became of one of them, in a sentence. */
export function answerWords(answer: Answer, vote: 'approve' | 'deny'): string {
  if (answer.status !== 200) {
    const remedy = answer.problem?.remedy
    return `Refused: ${ended(answer.problem?.detail ?? 'the server gave no reason')}${remedy ? ` ${sentence(remedy)}` : ''}`
  }
  if (vote === 'deny') return 'Rejected.'
  return answer.state === 'pending' ? 'Your approval counts; others are still needed.' : 'Approved: nothing is missing any more.'
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function sentence(text: string): string {
  return ended(text.charAt(0).toUpperCase() + text.slice(1))
}
