import { describe, expect, it } from 'vitest'
import type { Owed } from './shape'
import { countdown, dayAfter, dayBefore, debts, elapsed, farOf, isLink, lacks, latest, links, requestName, reviewWords, scopeWords, stateWords, steps, wayOf } from './words'

const now = Date.parse('2026-11-29T10:00:00Z')

describe('the time of a session', () => {
  it('says its end once, and in the reader’s zone where that is another', () => {
    const end = Date.parse('2026-11-29T21:21:00Z')
    expect(latest(end, now, 'UTC')).toBe('21:21 UTC')
    expect(latest(end, now, 'Europe/Berlin')).toMatch(/^21:21 UTC \(22:21 (CET|GMT\+1)\)$/)
  })
  it('counts down in minutes, then with hours, and stops at nothing', () => {
    expect(countdown('2026-11-29T10:42:18Z', now)).toBe('42:18')
    expect(countdown('2026-11-29T11:02:09Z', now)).toBe('1:02:09')
    expect(countdown('2026-11-29T09:59:00Z', now)).toBe('0:00')
  })
  it('says how much is over, never less than nothing or more than all', () => {
    expect(elapsed('2026-11-29T09:00:00Z', '2026-11-29T11:00:00Z', now)).toBe(0.5)
    expect(elapsed('2026-11-29T10:30:00Z', '2026-11-29T11:00:00Z', now)).toBe(0)
    expect(elapsed('2026-11-29T08:00:00Z', '2026-11-29T09:00:00Z', now)).toBe(1)
  })
  it('offers steps within the bounds, both bounds among them', () => {
    expect(steps('PT30M', 'PT4H')).toEqual(['PT1800S', 'PT3600S', 'PT7200S', 'PT14400S'])
    expect(steps('PT20M', 'PT20M')).toEqual(['PT1200S'])
    expect(steps('PT4H', 'PT30M')).toEqual([])
  })
})

describe('how a session stands', () => {
  it('says it in words', () => {
    expect(stateWords({ state: 'active' })).toBe('Active')
    expect(stateWords({ state: 'requested' })).toBe('Waiting for approval')
    expect(stateWords({ state: 'ended', lasted: 'PT12M' })).toBe('Ended after 12\u00a0min')
    expect(stateWords({ state: 'not-opened', endedWhy: 'denied' })).toBe('Not opened: denied')
  })
  it('tells what is owed from what is late and what is done', () => {
    const owed: Owed = { closureDueAt: 'a', closureOverdue: true, reviewDueAt: 'b', reviewedAt: 'c', reviewOverdue: false }
    expect(debts(owed)).toEqual([
      { what: 'Closure', state: 'overdue', at: 'a' },
      { what: 'Review', state: 'done', at: 'c' },
    ])
    expect(debts(undefined)).toEqual([])
  })
  it('shortens a long scope', () => {
    const action = (title: string) => ({ id: title, title, risk: 'high' })
    const place = (name: string) => ({ id: name, name, type: 'environment' })
    expect(scopeWords({ actions: [action('Restart')], resources: [place('pay/production')], wide: false })).toBe('Restart on pay/production')
    expect(scopeWords({ actions: ['A', 'B', 'C', 'D'].map(action), resources: [place('x')], wide: false })).toBe('A, B and 2 more on x')
  })
})

describe('what an opening lacks', () => {
  const whole = { reason: 'Checkout is down', incident: 'INC-1', typed: 'INC-1', actions: ['a'], resources: ['r'], typedScope: '' }
  it('finds nothing in a whole one', () => expect(lacks(whole)).toEqual({}))
  it('wants every field', () => {
    expect(Object.keys(lacks({ ...whole, reason: ' ', incident: '', actions: [], resources: [], typed: '' })).sort()).toEqual(['actions', 'incident', 'reason', 'resources'])
  })
  it('wants the incident typed as it is', () => expect(lacks({ ...whole, typed: 'inc-1' }).typed).toBe('Type INC-1 once more.'))
  it('wants the name of a wide scope', () => {
    expect(lacks({ ...whole, confirm: 'acme' }).confirmScope).toContain('acme')
    expect(lacks({ ...whole, confirm: 'acme', typedScope: ' acme ' })).toEqual({})
  })
})

describe('small things', () => {
  it('reads links, one per line', () => expect(links(' https://a.example/1\n\nhttps://b.example ')).toEqual(['https://a.example/1', 'https://b.example']))
  it('takes for a link only what a browser opens harmlessly', () => {
    expect(isLink('https://a.example')).toBe(true)
    expect(isLink('javascript:alert(1)')).toBe(false)
  })
  it('names a request by number or name', () => expect([requestName('7'), requestName('AR-7')]).toEqual(['AR-7', 'AR-7']))
  it('includes the last day of a period', () => {
    expect(dayAfter('2026-11-30')).toBe('2026-12-01T00:00:00Z')
    expect(dayBefore('2026-12-01T00:00:00Z')).toBe('2026-11-30')
  })
})

describe('an emergency change', () => {
  it('went by a session or by a workflow of its own', () => {
    expect(wayOf({ kind: 'break-glass' })).toBe('Break-glass')
    expect(wayOf({ kind: 'emergency-workflow' })).toBe('Emergency workflow')
  })
  it('stands as its request does, until there is an outcome', () => {
    expect(farOf({ kind: 'emergency-workflow', state: 'pending' })).toBe('pending')
    expect(farOf({ kind: 'emergency-workflow', state: 'approved' })).toBe('approved')
    expect(farOf({ kind: 'emergency-workflow', state: 'executed', outcome: 'failed' })).toBe('failed')
    expect(farOf({ kind: 'break-glass', state: 'approved' })).toBe('break-glass')
    expect(farOf({ kind: 'break-glass' })).toBeUndefined()
  })
  it('is reviewed after a session only', () => {
    expect(reviewWords({ kind: 'break-glass' })).toBeUndefined()
    expect(reviewWords({ kind: 'break-glass', verdict: 'follow-up' })).toBe('Needs a follow-up')
    expect(reviewWords({ kind: 'emergency-workflow' })).toBe('None owed')
  })
})
