/** What a list shows when newer rows have come while somebody reads it. */
export interface Steady<T> {
  rows: T[]
  /** How many rows are there that are not shown yet. */
  fresh: number
}

/**
 * The rows to show. While somebody has a place in the list (`hold`), rows that were not there before are kept back, so that
 * nothing moves under his hands; what changed is renewed in its place, and what has left is gone.
 */
export function steady<T>(shown: readonly string[], rows: readonly T[], keyOf: (row: T) => string, hold: boolean): Steady<T> {
  if (!hold) return { rows: [...rows], fresh: 0 }
  const byKey = new Map(rows.map((row) => [keyOf(row), row]))
  const kept = shown.map((key) => byKey.get(key)).filter((row): row is T => row !== undefined)
  const known = new Set(shown)
  return { rows: kept, fresh: rows.filter((row) => !known.has(keyOf(row))).length }
}

/** The row that is current after `step` keys of movement; from nowhere the first or the last. */
export function moved(keys: readonly string[], current: string | undefined, step: 1 | -1): string | undefined {
  if (keys.length === 0) return undefined
  const at = current === undefined ? -1 : keys.indexOf(current)
  if (at < 0) return step > 0 ? keys[0] : keys[keys.length - 1]
  return keys[Math.min(keys.length - 1, Math.max(0, at + step))]
}

/** Who is current when the current one has left the list: the one that took its place. */
export function successor(before: readonly string[], after: readonly string[], current: string | undefined): string | undefined {
  if (current === undefined || after.includes(current)) return current
  const at = before.indexOf(current)
  if (at < 0) return undefined
  const next = before.slice(at + 1).find((key) => after.includes(key))
  return next ?? before.slice(0, at).reverse().find((key) => after.includes(key))
}
