import { describe, expect, it } from 'vitest'
import { dayIn, dayWords, dueWords, isOwed } from './due'

describe('days', () => {
  it('are those of a zone', () => {
    const late = Date.parse('2026-11-29T23:30:00Z')
    expect(dayIn(late, 'UTC')).toBe('2026-11-29')
    expect(dayIn(late, 'Europe/Berlin')).toBe('2026-11-30')
  })
  it('are said as people say them', () => {
    expect(dueWords('2026-11-29', '2026-11-29')).toBe('due today')
    expect(dueWords('2026-11-30', '2026-11-29')).toBe('due tomorrow')
    expect(dueWords('2026-12-04', '2026-11-29')).toBe('due in 5 days')
    expect(dueWords('2026-11-28', '2026-11-29')).toBe('1 day overdue')
    expect(dueWords('2026-10-29', '2026-11-29')).toBe('31 days overdue')
    expect(dayWords('2026-12-03')).toBe('Thu 3 Dec 2026')
  })
})

describe('a follow-up', () => {
  it('is owed until it is done, or void with its vote', () => {
    expect(['open', 'overdue', 'done', 'void'].filter((state) => isOwed({ state }))).toEqual(['open', 'overdue'])
  })
})
