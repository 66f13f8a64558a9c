import { describe, expect, it } from 'vitest'
import { ruleOf } from './call'
import type { CallContent } from './shape'

function call(method: string, path: string, body: string): CallContent {
  const lines = body.split('\n').map((text, at) => ({ kind: 'context' as const, newLine: at + 1, text, changed: [], continued: false }))
  return { kind: 'call', method, path, body: lines, names: {} }
}

describe('the policy a call saves', () => {
  const form = '{\n  "name": "Second eyes",\n  "quorum": {"minApprovals": 2}\n}'

  it('is read from the lines that are shown', () => {
    expect(ruleOf(call('POST', '/api/v1/templates', form))).toEqual({ name: 'Second eyes', quorum: { minApprovals: 2 } })
    expect(ruleOf(call('PUT', '/api/v1/templates/tpl_1', form))?.name).toBe('Second eyes')
  })

  it('is none for another call, or where not all of it can be read', () => {
    expect(ruleOf(call('POST', '/api/v1/projects', form))).toBeUndefined()
    expect(ruleOf(call('POST', '/api/v1/templates', form.slice(0, 20)))).toBeUndefined()
    expect(ruleOf(call('POST', '/api/v1/templates', '[]'))).toBeUndefined()
  })
})
