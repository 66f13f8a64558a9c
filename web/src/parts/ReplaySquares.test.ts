import { describe, expect, it } from 'vitest'
import { marksOf } from './ReplaySquares'

describe('the asks of a day as marks', () => {
  it('has one for each ask, as many held and crossed as there were', () => {
    const marks = marksOf({ asks: 20, applies: 6, couldNotBeMet: 2 })
    expect(marks).toHaveLength(20)
    expect(marks.filter((mark) => mark === 'held')).toHaveLength(4)
    expect(marks.filter((mark) => mark === 'unmet')).toHaveLength(2)
  })
  it('marks them all when all are held, and none when none is', () => {
    expect(new Set(marksOf({ asks: 5, applies: 5, couldNotBeMet: 5 }))).toEqual(new Set(['unmet']))
    expect(new Set(marksOf({ asks: 5, applies: 0, couldNotBeMet: 0 }))).toEqual(new Set(['passed']))
    expect(marksOf({ asks: 0, applies: 0, couldNotBeMet: 0 })).toEqual([])
  })
})
