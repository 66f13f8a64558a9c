import { describe, expect, it } from 'vitest'
import { localInput, momentsOf, nextMoment } from './moments'

const iso = (at: number) => new Date(at).toISOString()
const friday = Date.parse('2026-11-27T20:30:00Z')

describe('moments of the week', () => {
  it('are on the clock of the organization', () => {
    expect(iso(nextMoment(friday, 'UTC', 22))).toBe('2026-11-27T22:00:00.000Z')
    expect(iso(nextMoment(friday, 'Europe/Istanbul', 22))).toBe('2026-11-28T19:00:00.000Z')
    expect(iso(nextMoment(friday, 'Europe/Istanbul', 10, 0))).toBe('2026-11-30T07:00:00.000Z')
    expect(iso(nextMoment(friday, 'UTC', 12, 5))).toBe('2026-11-28T12:00:00.000Z')
  })
  it('keep their hour when the clocks change in between', () => {
    const beforeWinter = Date.parse('2026-10-23T12:00:00Z')
    expect(iso(nextMoment(beforeWinter, 'Europe/Berlin', 10, 0))).toBe('2026-10-26T09:00:00.000Z')
  })
  it('are always ahead', () => {
    for (const one of momentsOf(friday, 'America/New_York')) expect(one.at).toBeGreaterThan(friday)
  })
  it('fit into a date field', () => {
    expect(localInput(Date.parse('2026-11-27T20:30:00'))).toBe('2026-11-27T20:30')
    expect(localInput(Number.NaN)).toBe('')
  })
})
