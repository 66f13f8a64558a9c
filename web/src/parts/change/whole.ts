import type { Change } from './shape'

/** Whether the parts that are here are the whole change, end to end. */
export function isWhole(parts: Change[]): boolean {
  const last = parts[parts.length - 1]
  if (!last || parts[0]!.rows.offset !== 0) return false
  if (parts.length === 1) return last.complete
  const met = parts.every((part, at) => at === 0 || part.rows.offset === parts[at - 1]!.rows.nextOffset)
  return met && last.rows.nextOffset === undefined && !/\bcut\b/.test(last.leftOut ?? '')
}
