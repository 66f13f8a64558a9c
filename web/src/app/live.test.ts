import { describe, expect, it } from 'vitest'
import { touched } from './live'

const event = (type: string, number?: string) => ({ type, number }) as Parameters<typeof touched>[0]

describe('a live event', () => {
  it('makes sessions old where it is about one, a request of theirs or not', () => {
    expect(touched(event('breakglass-opened', 'AR-24'))).toContain('breakglass')
    expect(touched(event('breakglass-revoked'))).toContain('breakglass')
    expect(touched(event('request-bypassed', 'AR-9'))).toContain('breakglass')
    expect(touched(event('request-executed', 'AR-9'))).toContain('breakglass')
  })
  it('leaves them alone where it is not', () => {
    expect(touched(event('vote-cast', 'AR-9'))).toEqual(['requests', 'counts', 'follow-ups', 'audit'])
  })
  it('makes executions old where no rule held one, or the clock was moved', () => {
    expect(touched(event('ungated-execution'))).toEqual(['executions', 'audit'])
    expect(touched(event('ungated-executed'))).toEqual(['executions', 'audit'])
    expect(touched(event('clock-advanced'))).toContain('executions')
  })
})
