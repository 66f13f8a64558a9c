import { describe, expect, it } from 'vitest'
import { fromIso, toIso } from './durations'

describe('durations', () => {
  it('are said in the largest whole unit', () => {
    expect(fromIso('PT24H')).toEqual({ amount: 24, unit: 'H' })
    expect(fromIso('PT720H')).toEqual({ amount: 30, unit: 'D' })
    expect(fromIso('PT90M')).toEqual({ amount: 90, unit: 'M' })
    expect(fromIso('P1DT1H')).toEqual({ amount: 25, unit: 'H' })
  })
  it('are written so that the server reads the same', () => {
    expect(toIso(30, 'D')).toBe('P30D')
    expect(toIso(90, 'M')).toBe('PT90M')
    expect(fromIso(toIso(2, 'H'))).toEqual({ amount: 2, unit: 'H' })
  })
})
