import { describe, expect, it } from 'vitest'
import { emptyWords, type Execution, toldWords, views } from './shape'

const other = { id: 'per_bob', name: 'Bob' }
const bot = { id: 'acc_bot', name: 'Deploy bot' }

function execution(more: Partial<Execution> = {}): Execution {
  return {
    executionId: 'run-0000000000000001',
    action: 'release.deploy',
    actionTitle: 'Release deploy',
    resource: 'payments/staging',
    subject: bot,
    redeemer: bot,
    payloadDigest: `sha256:${'0'.repeat(64)}`,
    at: '2026-11-29T11:00:00Z',
    state: 'outcome-unknown',
    canSettle: false,
    ...more,
  }
}

describe('the words of an execution', () => {
  it('say whether its end was reported by who executed it, or settled by somebody else', () => {
    const ending = { at: '2026-11-29T11:05:00Z', by: bot, artifacts: [] }
    expect(toldWords(execution({ state: 'succeeded', ending }))).toBe('Reported')
    expect(toldWords(execution({ state: 'failed', ending: { ...ending, by: other } }))).toBe('Settled')
  })
  it('tell an empty list from a view in which nothing is', () => {
    expect(emptyWords(undefined)).toBe('Nothing was executed without a request.')
    expect(emptyWords('outcome-unknown')).toBe('Every outcome is known.')
    for (const { state } of views.slice(1)) expect(emptyWords(state)).not.toBe(emptyWords(undefined))
  })
})
