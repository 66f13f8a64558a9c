import { describe, expect, it } from 'vitest'
import { onlyReasonMissing } from './reason'

const violation = (code: string) => ({ code, message: code })

describe('an ask without a reason', () => {
  it('lacks nothing but the reason when every violation says so', () => {
    expect(onlyReasonMissing({ decision: 'deny', violations: [violation('reason-required'), violation('reason-required')] })).toBe(true)
  })
  it('is denied for good when something else stands against it', () => {
    expect(onlyReasonMissing({ decision: 'deny', violations: [violation('reason-required'), violation('environment-frozen')] })).toBe(false)
    expect(onlyReasonMissing({ decision: 'deny', violations: [] })).toBe(false)
  })
})
