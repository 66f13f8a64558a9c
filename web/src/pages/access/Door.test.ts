import { describe, expect, it } from 'vitest'
import { inWords, whereTo } from './Door'

describe('where one goes after the sign-in', () => {
  it('goes only to addresses of this console', () => {
    expect(whereTo('/approvals/AR-3?x=1')).toBe('/approvals/AR-3?x=1')
    for (const hostile of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', undefined]) {
      expect(whereTo(hostile)).toBe('/')
    }
  })
  it('never goes in circles', () => {
    expect(whereTo('/sign-in?to=/sign-in')).toBe('/')
  })
  it('says it in words', () => {
    expect(inWords('/approvals/AR-3')).toBe('request AR-3')
    expect(inWords('/approvals?view=pending')).toBe('the approvals')
    expect(inWords(undefined)).toBeUndefined()
  })
})
