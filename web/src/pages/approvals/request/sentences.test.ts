import { describe, expect, it } from 'vitest'
import { jane, mara, noor, requestOf, voteOf } from './fixture'
import { linesOf } from './Requirements'
import { standing, verdict } from './verdict'
import { people, sentence } from './words'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('the verdict', () => {
  it('says who is missing and whether the reader can approve', () => {
    expect(verdict(requestOf(), mara.id)).toEqual({ bold: 'Waiting for SRE.', rest: 'You can approve as SRE; yours completes it.' })
    const told = requestOf({ missing: 'SRE and Security missing', why: { code: 'can-approve', title: 'You can approve', detail: 'as SRE, then Security' } })
    expect(verdict(told, mara.id)).toEqual({ bold: 'Waiting for SRE and Security.', rest: 'You can approve as SRE, then Security.' })
  })
  it('gives the reason why the reader cannot', () => {
    expect(standing(requestOf({ canApprove: false, why: { code: 'requester', title: 'You asked for this', detail: 'requesters never count' } }))).toBe(
      'You asked for this: requesters never count.',
    )
  })
  it('does not say twice who is missing', () => {
    const told = requestOf({ canApprove: false, why: { code: 'already-reviewed', title: 'You approved', detail: 'waiting for SRE' } })
    expect(verdict(told, mara.id)).toEqual({ bold: 'Waiting for SRE.', rest: 'You approved.' })
  })
  it('says that it cannot be met', () => {
    const stuck = requestOf({ unsatisfiableSince: '2026-11-27T13:10:00Z' })
    stuck.requirements[0]!.unsatisfiable = true
    expect(verdict(stuck, mara.id).bold).toBe('Cannot be met as people and rules are now.')
    expect(verdict(stuck, mara.id).rest).toBe('Too few people can approve for Production deploy gate.')
  })
  it('counts people and time until the approval', () => {
    const grant = { id: 'g', madeAt: '2026-11-27T13:41:00Z', expiresAt: '2026-11-27T14:41:00Z', usableUntil: '2026-11-27T14:41:00Z' }
    const votes = [voteOf(mara, 'approve'), voteOf(noor, 'approve'), voteOf(jane, 'approve', { endedAt: '2026-11-27T13:30:00Z' })]
    const outcome = { result: 'succeeded', at: '2026-11-27T13:50:00Z', artifacts: [] }
    expect(plain(verdict(requestOf({ state: 'approved', grant, votes }), mara.id).bold)).toBe('Approved by 2 people in 41 min.')
    expect(plain(verdict(requestOf({ state: 'executed', grant, votes, outcome }), mara.id).bold)).toBe(
      'Approved by 2 people in 41 min, then executed as approved.',
    )
    expect(plain(verdict(requestOf({ state: 'executed', grant, votes, outcome: { ...outcome, result: 'failed' } }), mara.id).bold)).toBe(
      'Approved by 2 people in 41 min, but the execution failed.',
    )
  })
  it('names who rejected it, and you as you', () => {
    const denied = requestOf({ state: 'denied', votes: [voteOf(noor, 'deny', { at: '2026-11-27T13:22:00Z' })] })
    expect(plain(verdict(denied, mara.id).bold)).toBe('Rejected by Noor Haddad after 22 min.')
    expect(plain(verdict(denied, noor.id).bold)).toBe('Rejected by you after 22 min.')
    expect(verdict(denied, jane.id).rest).toBe('Nothing was executed. Mend what is named below and ask again.')
  })
  it('leads on to what took its place', () => {
    expect(verdict(requestOf({ state: 'cancelled', successor: 'AR-43' }), mara.id).bold).toBe('Replaced by AR-43.')
    expect(verdict(requestOf({ state: 'revoked', successor: 'AR-43', endedBy: jane }), mara.id).bold).toBe('Approved, then replaced by AR-43.')
    expect(verdict(requestOf({ state: 'cancelled', endedBy: jane }), jane.id).bold).toBe('Given up by you.')
  })
  it('has words for every state, even one it does not know', () => {
    for (const state of ['pending', 'approved', 'executing', 'executed', 'denied', 'expired', 'cancelled', 'grant-expired', 'revoked', 'new-one'])
      expect(verdict(requestOf({ state }), mara.id).bold).toMatch(/\.$/)
  })
})

describe('signature lines', () => {
  it('name the reader first among who could close it', () => {
    const request = requestOf()
    request.requirements[0]!.slots[0]!.mine = true
    expect(linesOf(request.requirements[0]!, request, noor.id)).toEqual([
      { kind: 'open', label: 'SRE', mine: true, impossible: false, closers: 'you, Mara Lindqvist or 3 others' },
    ])
  })
  it('say what break-glass passed over, and who would have been asked', () => {
    const request = requestOf({ state: 'approved', breakGlass: { sessionId: 's', session: 'BG-7' } })
    request.requirements[0]!.bypassed = true
    expect(linesOf(request.requirements[0]!, request, jane.id)).toEqual([
      { kind: 'bypassed', words: 'It would have asked Mara Lindqvist, Noor Haddad or 3 others.' },
    ])
    expect(verdict(request, jane.id)).toEqual({
      bold: 'Permitted by break-glass. Nobody approved this.',
      rest: 'Session BG-7 passed over Production deploy gate. Nothing has run yet.',
    })
  })
  it('show the rejection instead of what was missing', () => {
    const request = requestOf({ state: 'denied', votes: [voteOf(noor, 'deny')] })
    expect(linesOf(request.requirements[0]!, request, mara.id).map((line) => line.kind)).toEqual(['rejected'])
  })
})

describe('words', () => {
  it('join people', () => {
    expect(people([], 0, 'x')).toBe('')
    expect(people([mara], 1, 'x')).toBe('Mara Lindqvist')
    expect(people([mara, noor], 2, noor.id)).toBe('you or Mara Lindqvist')
    expect(people([mara, noor, jane], 3, 'x', 'and')).toBe('Mara Lindqvist, Noor Haddad and Jane Okafor')
  })
  it('make sentences', () => {
    expect(sentence('you asked')).toBe('You asked.')
    expect(sentence('Done.')).toBe('Done.')
  })
})
