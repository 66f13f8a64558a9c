// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { endReview, placeIn, reviewPlace, startReview } from './review'

describe('reviewing one by one', () => {
  it('knows what comes before and after', () => {
    startReview(['AR-3', 'AR-1', 'AR-2'])
    expect(reviewPlace('AR-1')).toEqual({ at: 2, of: 3, previous: 'AR-3', next: 'AR-2' })
    expect(reviewPlace('AR-2')).toEqual({ at: 3, of: 3, previous: 'AR-1', next: undefined })
    expect(reviewPlace('AR-9')).toBeUndefined()
    endReview()
    expect(reviewPlace('AR-1')).toBeUndefined()
  })
  it('takes nothing that is no request number', () => {
    expect(placeIn('{"numbers":["javascript:x","AR-1"]}', 'AR-1')).toEqual({ at: 1, of: 1 })
    expect(placeIn('nonsense', 'AR-1')).toBeUndefined()
    expect(placeIn('{"numbers":7}', 'AR-1')).toBeUndefined()
  })
})
