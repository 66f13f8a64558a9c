import { describe, expect, it } from 'vitest'
import { moved, steady, successor } from './steady'

const key = (row: { id: string }) => row.id
const rows = (...ids: string[]) => ids.map((id) => ({ id }))

describe('a list that others change while one reads it', () => {
  it('shows everything at once while nobody has a place in it', () => {
    expect(steady(['b'], rows('a', 'b'), key, false)).toEqual({ rows: rows('a', 'b'), fresh: 0 })
  })
  it('keeps new rows back, in their number, while somebody has', () => {
    expect(steady(['b', 'c'], rows('a', 'b', 'c', 'd'), key, true)).toEqual({ rows: rows('b', 'c'), fresh: 2 })
  })
  it('keeps the order that is shown, renews rows in place, and drops what has left', () => {
    const newer = [{ id: 'c', n: 2 }, { id: 'b', n: 2 }]
    expect(steady(['a', 'b', 'c'], newer, key, true).rows).toEqual([{ id: 'b', n: 2 }, { id: 'c', n: 2 }])
  })
  it('moves within its ends', () => {
    expect(moved(['a', 'b'], undefined, 1)).toBe('a')
    expect(moved(['a', 'b'], undefined, -1)).toBe('b')
    expect(moved(['a', 'b'], 'b', 1)).toBe('b')
    expect(moved(['a', 'b'], 'b', -1)).toBe('a')
    expect(moved([], 'b', -1)).toBeUndefined()
  })
  it('hands the place on when the current row leaves', () => {
    expect(successor(['a', 'b', 'c'], ['a', 'c'], 'b')).toBe('c')
    expect(successor(['a', 'b', 'c'], ['a', 'b'], 'c')).toBe('b')
    expect(successor(['a'], [], 'a')).toBeUndefined()
    expect(successor(['a'], ['a', 'b'], 'a')).toBe('a')
  })
})
