import { describe, expect, it } from 'vitest'
import { jane, mara, noor } from './fixture'
import type { TimelineItem } from './shape'
import { tell } from './timeline'

const names = (id: string) => ({ p_jane: 'Jane Okafor', p_mara: 'Mara Lindqvist', p_noor: 'Noor Haddad', q_1: 'Production deploy gate', s_ci: 'gate-ci' })[id] ?? id
const item = (type: string, entry: Record<string, unknown>, actor = jane, channel = 'web') =>
  ({ at: '2026-11-27T13:00:00Z', type, actor, channel, entry: { number: 'AR-42', ...entry } }) as unknown as TimelineItem
const told = (type: string, entry: Record<string, unknown>, actor = jane, channel = 'web') =>
  tell(item(type, entry, actor, channel), names).map((one) => [one.who?.name, one.words].filter(Boolean).join(' '))

describe('the timeline', () => {
  it('tells an ask in two lines, newest first', () => {
    const lines = tell(
      item('request-opened', {
        subjectId: 'p_jane', callerId: 's_ci', reason: 'INC-2231', deadline: '2026-11-27T17:00:00Z', bypassed: [],
        requirements: [{ ruleId: 't', version: 7, bindingId: 'b', name: 'Production deploy gate' }],
      }),
      names,
    )
    expect(lines.map((one) => one.words)).toEqual(['Held by 1 rule: Production deploy gate v7', 'asked through gate-ci'])
    expect(lines[1]!.quote).toBe('INC-2231')
  })
  it('leads to the request it replaces or repeats', () => {
    const [, asked] = tell(item('request-opened', { subjectId: 'p_jane', callerId: 'p_jane', requirements: [], supersedes: 'AR-41' }), names)
    expect(asked).toMatchObject({ words: 'asked, in place of', request: 'AR-41' })
  })
  it('says for what somebody approved, in his words', () => {
    const [line] = tell(item('vote-cast', { personId: 'p_mara', vote: 'approve', note: 'matches staging', requirements: ['q_1', 'q_x'] }, mara, 'cli'), names)
    expect(line).toMatchObject({ who: mara, words: 'approved for Production deploy gate', quote: 'matches staging', detail: 'through cli' })
    expect(told('vote-cast', { personId: 'p_noor', vote: 'deny', requirements: [] }, noor)).toEqual(['Noor Haddad rejected it'])
  })
  it('has a sentence for every entry about a request', () => {
    const entries: Array<[string, Record<string, unknown>, string]> = [
      ['vote-refused', { personId: 'p_jane', why: 'you asked for this yourself' }, 'Jane Okafor tried to vote and was refused'],
      ['vote-withdrawn', { personId: 'p_jane' }, 'Jane Okafor took the vote back'],
      ['vote-struck', { personId: 'p_mara' }, 'The vote of Mara Lindqvist was struck'],
      ['requirements-added', { requirements: [{ name: 'Freeze', version: 2 }] }, '1 rule came to apply: Freeze v2'],
      ['request-unsatisfiable', { missing: ['Finance'] }, 'It cannot be met any more as people and rules are'],
      ['request-satisfiable', {}, 'It can be met again'],
      ['payload-revealed', { personId: 'p_jane', findings: 2 }, 'Jane Okafor looked at 2 covered secrets'],
      ['request-approved', { approvers: ['p_mara'], usableUntil: '2026-11-27T14:00:00Z' }, 'The last requirement was met'],
      ['request-denied', { personId: 'p_noor' }, 'That ended the request'],
      ['request-cancelled', {}, 'Jane Okafor gave the request up'],
      ['request-cancelled', { successor: 'AR-43' }, 'Another change took its place'],
      ['request-expired', { deadline: '2026-11-27T17:00:00Z' }, 'Nobody decided in time'],
      ['request-reopened', { missing: ['SRE'] }, 'Opened again when it was about to be used'],
      ['grant-expired', {}, 'The approval ran out without being used'],
      ['grant-revoked', { by: 'p_mara' }, 'Mara Lindqvist took the approval back before it was used'],
      ['grant-redeemed', { callerId: 's_ci' }, 'gate-ci used the grant; what ran is exactly what was asked for'],
      ['grant-document-made', {}, 'Jane Okafor took the signed document of the approval'],
      ['redemption-refused', { callerId: 's_ci', code: 'grant-mismatch' }, 'gate-ci tried to use the approval and was refused'],
      ['request-executed', { result: 'succeeded' }, 'Jane Okafor reported that it succeeded'],
      ['request-executed', { result: 'failed' }, 'Jane Okafor reported that it failed'],
      ['request-executed', { result: 'not-reported' }, 'Jane Okafor said that the outcome was never reported'],
      ['request-bypassed', { subjectId: 'p_jane', session: 'BG-7', bypassed: [{ name: 'Gate', version: 1 }] }, 'Jane Okafor passed by break-glass BG-7; nobody approved this'],
      ['follow-up-made', { ownerId: 'p_mara', dueOn: '2026-12-01', text: 'watch it' }, 'Jane Okafor asked Mara Lindqvist for something to be done by 2026-12-01'],
      ['follow-up-done', { personId: 'p_mara' }, 'Mara Lindqvist noted a follow-up as done'],
      ['reminder-asked', { personId: 'p_jane', addressees: ['p_mara', 'p_noor'] }, 'Jane Okafor reminded Mara Lindqvist and Noor Haddad'],
      ['something-new', {}, 'Jane Okafor something new'],
    ]
    for (const [type, entry, words] of entries) expect(told(type, entry)).toEqual([words])
  })
  it('keeps hostile texts as data', () => {
    const [line] = tell(item('vote-cast', { personId: 'p_mara', vote: 'approve', note: '<img onerror=1>', requirements: 'no list' }, mara), names)
    expect(line!.quote).toBe('<img onerror=1>')
  })
})
