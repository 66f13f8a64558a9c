export interface AuditSearch {
  type?: string
  actor?: string
  requestId?: string
  from?: string
  to?: string
  text?: string
  prominent?: string
  cursor?: string
}

/** The filters of the address as the API takes them; several kinds stand in one word, parted by commas. */
export function queryOf(search: AuditSearch) {
  return {
    type: search.type ? search.type.split(',') : undefined,
    actor: search.actor,
    requestId: search.requestId,
    from: search.from,
    to: search.to,
    text: search.text,
    prominent: search.prominent === 'true' ? true : undefined,
  }
}

/** Where the same filters give a file. */
export function csvAddress(search: AuditSearch): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(queryOf(search))) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(name, String(one))
  }
  const words = query.toString()
  return `/api/v1/audit-entries.csv${words ? `?${words}` : ''}`
}

/** How many filters are on. */
export function filterCount(search: AuditSearch): number {
  const { cursor: _, from, to, ...rest } = search
  return Object.values(rest).filter(Boolean).length + (from || to ? 1 : 0)
}

const HOUR = 3_600_000

/** Periods people look for, by how long ago they begin. */
export const periods: ReadonlyArray<{ label: string; millis: number }> = [
  { label: 'Last hour', millis: HOUR },
  { label: 'Last 24 hours', millis: 24 * HOUR },
  { label: 'Last 7 days', millis: 7 * 24 * HOUR },
  { label: 'Last 30 days', millis: 30 * 24 * HOUR },
]

/** The value of a field for day and time, in the reader's zone; empty for none. */
export function toField(instant: string | undefined): string {
  if (!instant || Number.isNaN(Date.parse(instant))) return ''
  const at = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** What such a field says, as an instant; undefined for none. */
export function fromField(value: string): string | undefined {
  const at = new Date(value)
  return value === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
