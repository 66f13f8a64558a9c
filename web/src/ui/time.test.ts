import { describe, expect, it } from 'vitest'
import { absolute, clock, duration, isoDuration, isoMillis, left, relative, spokenDuration } from './time'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const now = Date.parse('2026-11-29T12:00:00Z')

describe('times', () => {
  it('says durations with at most two units', () => {
    expect(plain(duration(26 * 60_000))).toBe('26 min')
    expect(plain(duration(3 * 3_600_000 + 28 * 60_000))).toBe('3 h 28 min')
    expect(plain(duration(6 * 86_400_000 + 22 * 3_600_000 + 5))).toBe('6 d 22 h')
    expect(plain(duration(9_000))).toBe('9 s')
  })
  it('never lets a number stand alone at the end of a line', () => {
    expect(duration(3 * 3_600_000 + 60_000)).not.toContain(' ')
  })
  it('says how long ago and how long still', () => {
    expect(plain(relative('2026-11-29T11:28:00Z', now))).toBe('32 min ago')
    expect(relative('2026-11-29T12:00:20Z', now)).toBe('just now')
    expect(plain(left('2026-11-29T12:26:30Z', now))).toBe('26 min left')
    expect(plain(left('2026-11-29T11:56:00Z', now))).toBe('ended 4 min ago')
  })
  it('reads ISO 8601 durations', () => {
    expect(isoMillis('P1DT2H')).toBe(26 * 3_600_000)
    expect(plain(isoDuration('PT1H30M'))).toBe('1 h 30 min')
    expect(isoMillis('P')).toBeUndefined()
    expect(isoDuration('soon')).toBe('soon')
  })
  it('says durations in whole words where there is room', () => {
    expect(plain(spokenDuration('PT4H'))).toBe('4 hours')
    expect(plain(spokenDuration('PT24H'))).toBe('24 hours')
    expect(plain(spokenDuration('PT168H'))).toBe('7 days')
    expect(plain(spokenDuration('P1DT1H1M'))).toBe('1 day 1 hour 1 minute')
    expect(plain(spokenDuration('PT0S'))).toBe('0 seconds')
    expect(spokenDuration('soon')).toBe('soon')
  })
  it('shows moments in the zone that is asked for', () => {
    expect(absolute('2026-11-29T12:00:00Z', 'UTC')).toMatch(/^Sun 29 Nov 2026,? (at )?12:00:00 UTC$/)
    expect(clock('2026-11-29T10:40:00Z', now, 'UTC')).toBe('10:40')
    expect(clock('2026-11-28T10:40:00Z', now, 'UTC')).toBe('28 Nov 10:40')
  })
})
