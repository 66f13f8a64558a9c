import { count, type Row } from '~/parts/requests'

/** How many requests one act may decide, at most. */
export const MOST_AT_ONCE = 50
const BULK_ROLES = ['admin', 'compliance_officer']

/** Why this row must be decided by itself; undefined when it may be one of several. */
export function whyAlone(row: Row): string | undefined {
  if (row.state !== 'pending') return 'it is decided'
  if (!row.canApprove) return 'you cannot approve it'
  if (row.action.risk.toLowerCase() === 'critical') return 'critical requests are decided one by one'
  return undefined
}

/** Why this person decides one by one; undefined when several at once is offered. */
export function whyNoBulk(roles: readonly string[]): string | undefined {
  return roles.some((role) => BULK_ROLES.includes(role))
    ? undefined
    : 'Only admins and compliance officers decide several at once. Review them one by one.'
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

export function offerFor(rows: readonly Row[], roles: readonly string[]): Offer {
  const alone = rows.flatMap((row) => {
    const why = whyAlone(row)
    return why === undefined ? [] : [{ row, why }]
  })
  const together = rows.filter((row) => whyAlone(row) === undefined)
  const refused =
    whyNoBulk(roles) ??
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
  const slots = rows.map((row) => new Set((row.slots ?? []).filter((slot) => slot.mine).map((slot) => slot.label)))
  const shared = [...(slots[0] ?? [])].filter((label) => slots.every((one) => one.has(label)))
  if (shared.length > 0) parts.push(`${all}need${rows.length === 1 ? 's' : ''} ${shared.join(' and ')}`)
  return parts.join(', ')
}
