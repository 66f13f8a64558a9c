import type { Change } from './shape'

/** Whether the parts that are here are the whole change, end to end. */
export function isWhole(parts: Change[]): boolean {
  const last = parts[parts.length - 1]
  if (!last || parts[0]!.rows.offset !== 0) return false
  if (parts.length === 1) return last.complete
  const met = parts.every((part, at) => at === 0 || part.rows.offset === parts[at - 1]!.rows.nextOffset)
  return met && last.rows.nextOffset === undefined && !/\bcut\b/.test(last.leftOut ?? '')
}

/** How many lines of the change are not on the page yet. */
export function linesBelow(parts: Change[]): number {
  const rows = parts[parts.length - 1]?.rows
  return rows ? Math.max(0, rows.total - rows.offset - rows.shown) : 0
}

/** Whether the page shows all of it, in words for the foot: what is only named is not shown. */
export function extent(whole: boolean, folded: number, covered: number): string {
  if (!whole) return 'NOT shown in full'
  if (folded > 0) return notShown(folded)
  return covered > 0 ? `shown in full but for ${covered === 1 ? '1 likely secret' : `${covered} likely secrets`}` : 'shown in full'
}

/** "1 part is not shown", "8 parts are not shown". */
export function notShown(parts: number): string {
  return parts === 1 ? '1 part is not shown' : `${parts} parts are not shown`
}
