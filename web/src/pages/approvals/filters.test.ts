import { describe, expect, it } from 'vitest'
import { filtersOf, howMany, onWords, orderOf, viewOf } from './filters'

describe('filters in the address', () => {
  it('takes what narrows and leaves the rest', () => {
    expect(filtersOf({ view: 'mine', q: 'dns', risk: 'high', cursor: 'x', order: 'newest', type: '' })).toEqual({ q: 'dns', risk: 'high' })
  })
  it('counts them in words', () => {
    expect(howMany({})).toBe(0)
    expect(onWords({ q: 'dns' })).toBe('1 filter is on.')
    expect(onWords({ q: 'dns', risk: 'high' })).toBe('2 filters are on.')
  })
  it('opens on what waits for you, whatever is asked', () => {
    expect(viewOf(undefined)).toBe('mine')
    expect(viewOf('decided')).toBe('decided')
    expect(viewOf('everything')).toBe('mine')
  })
  it('puts the soonest deadline first where there is one', () => {
    expect(orderOf('mine', undefined)).toBe('deadline')
    expect(orderOf('pending', 'newest')).toBe('newest')
    expect(orderOf('decided', 'deadline')).toBe('newest')
  })
})
