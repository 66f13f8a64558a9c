import { describe, expect, it } from 'vitest'
import { waitingWords } from './greeting'

describe('how much waits', () => {
  it('is said in one line', () => {
    expect(waitingWords({ mine: 0, mineMore: false, pending: 0, pendingMore: false })).toBe('Nothing is pending.')
    expect(waitingWords({ mine: 0, mineMore: false, pending: 3, pendingMore: false })).toBe('3 requests are pending; none waits for you.')
    expect(waitingWords({ mine: 1, mineMore: false, pending: 1, pendingMore: false })).toBe('1 request is pending, and it waits for you.')
    expect(waitingWords({ mine: 2, mineMore: false, pending: 2, pendingMore: false })).toBe('2 requests are pending, and all of them wait for you.')
    expect(waitingWords({ mine: 1, mineMore: false, pending: 9, pendingMore: false })).toBe('9 requests are pending; 1 waits for you.')
    expect(waitingWords({ mine: 3, mineMore: false, pending: 10000, pendingMore: true })).toBe('More than 10000 requests are pending; 3 wait for you.')
    expect(waitingWords({ mine: 100, mineMore: true, pending: 900, pendingMore: false })).toBe('900 requests are pending; more than 100 wait for you.')
  })
})
