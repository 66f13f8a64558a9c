import { describe, expect, it } from 'vitest'
import { breakglassLines } from './breakglass'

const own = { id: 's', name: 'BG-7', incident: 'INC-12', startedAt: '2026-11-29T12:00:00Z', endsAt: '2026-11-29T13:00:00Z', actionsTaken: 1 }
const texts = (banner: Parameters<typeof breakglassLines>[0]) => breakglassLines(banner).map((line) => line.text)

describe('break-glass on the first page', () => {
  it('says nothing when there is nothing', () => {
    expect(breakglassLines({ owed: 0, active: 0, overdue: 0 })).toEqual([])
    expect(breakglassLines({ owed: 0 })).toEqual([])
  })
  it('begins with one\u2019s own session, and counts it once', () => {
    const lines = breakglassLines({ own, active: 1, owed: 0 })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ text: 'Your session BG-7 for INC-12 is open; 1 action so far.', session: 'BG-7', endsAt: own.endsAt, urgent: true })
    expect(texts({ own, active: 3, owed: 0 })[1]).toBe('2 other sessions are open.')
  })
  it('tells who may end them what runs, and everybody what he owes', () => {
    expect(texts({ active: 1, owed: 2, overdue: 1 })).toEqual(['1 session is open.', 'You owe 2 closures.', '1 closure or review is late.'])
    expect(breakglassLines({ owed: 0, overdue: 1 })[0]?.among).toEqual({ tab: 'overdue' })
    expect(texts({ requested: { ...own, actionsTaken: 0 }, owed: 0 })).toEqual(['Your session BG-7 begins when its opening is approved.'])
  })
})
