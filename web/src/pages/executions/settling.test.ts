import { describe, expect, it } from 'vitest'
import { maySettle, type Settler } from './settling'
import { emptyWords, type Execution, toldWords, views } from './shape'

const me: Settler = { id: 'per_ann', kind: 'person', teams: [], permissions: ['requests-read', 'redeem'] }
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
    ...more,
  }
}

describe('an outcome that is unknown', () => {
  it('is settled by whom it was for, who executed it, and who may revoke grants', () => {
    expect(maySettle(execution(), me)).toBe(false)
    expect(maySettle(execution({ subject: { id: me.id, name: 'Ann' } }), me)).toBe(true)
    expect(maySettle(execution({ subject: other, redeemer: { id: me.id, name: 'Ann' } }), me)).toBe(true)
    expect(maySettle(execution(), { ...me, permissions: ['redeem', 'grants-revoke'] })).toBe(true)
  })
  it('is settled by whoever the account belongs to', () => {
    const owner = (id: string, kind: string) => ({ id, kind, handle: `@${id}`, name: id })
    expect(maySettle(execution(), me, { owners: [owner('acc_outer', 'service'), owner(me.id, 'person')] })).toBe(true)
    expect(maySettle(execution(), me, { owners: [owner('team_sre', 'team')], accountableId: me.id })).toBe(true)
    expect(maySettle(execution(), me, { owners: [owner(other.id, 'person')], accountableId: other.id })).toBe(false)
  })
  it('is settled by the members of a team that owns it, those of nested teams too', () => {
    const teams = [
      { id: 'team_platform', handle: 'platform' },
      { id: 'team_sre', handle: 'sre', parentId: 'team_platform' },
    ]
    const ownedBy = (id: string) => ({ owners: [{ id, kind: 'team', handle: '@', name: id }] })
    const sre = { ...me, teams: ['@sre'] }
    const platform = { ...me, teams: ['@platform'] }
    expect(maySettle(execution(), sre, ownedBy('team_sre'), teams)).toBe(true)
    expect(maySettle(execution(), sre, ownedBy('team_platform'), teams)).toBe(true)
    expect(maySettle(execution(), platform, ownedBy('team_sre'), teams)).toBe(false)
    expect(maySettle(execution(), me, ownedBy('team_sre'), teams)).toBe(false)
  })
  it('is settled by people alone, and by nobody who may not report outcomes', () => {
    const own = execution({ subject: { id: me.id, name: 'Ann' } })
    expect(maySettle(own, { ...me, permissions: ['requests-read', 'grants-revoke'] })).toBe(false)
    expect(maySettle(own, { ...me, kind: 'service' })).toBe(false)
  })
  it('is the only one that is settled', () => {
    for (const state of ['executing', 'succeeded', 'failed'] as const)
      expect(maySettle(execution({ state, subject: { id: me.id, name: 'Ann' } }), me)).toBe(false)
  })
})

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
