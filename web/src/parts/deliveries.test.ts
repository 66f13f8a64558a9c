import { describe, expect, it } from 'vitest'
import { deliveredLine, withoutDeliveries } from './deliveries'

describe('messages in a timeline', () => {
  it('are one line, at the time of the last', () => {
    const all = [
      { type: 'request-bypassed', at: '2027-01-01T10:00:00Z' },
      { type: 'notification-delivered', at: '2027-01-01T10:00:02Z' },
      { type: 'notification-failed', at: '2027-01-01T10:00:03Z' },
      { type: 'notification-delivered', at: '2027-01-01T10:00:05Z' },
    ]
    const folded = withoutDeliveries(all)
    expect(folded.items.map((one) => one.type)).toEqual(['request-bypassed', 'notification-failed'])
    expect(folded.delivered).toBe(2)
    expect(folded.lastAt).toBe('2027-01-01T10:00:05Z')
    expect(deliveredLine(folded, 'told')).toEqual([{ key: 'delivered', look: 'told', at: '2027-01-01T10:00:05Z', children: '2 messages about it were delivered' }])
    expect(withoutDeliveries(all.slice(0, 1))).toEqual({ items: all.slice(0, 1), delivered: 0, lastAt: undefined })
  })
})
