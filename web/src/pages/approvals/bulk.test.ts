import { describe, expect, it } from 'vitest'
import { aRow } from '~/parts/requests.fixture'
import { answersInShort, answerWords, isSettled, offerFor, selectionWords, whyAlone } from './bulk'

const allowed = { allowed: true }

describe('several at once', () => {
  it('is offered by the server alone, and says why not', () => {
    const offer = offerFor([aRow({})], { allowed: false, why: 'only an admin votes on many at once' })
    expect(offer.refused).toBe('Only an admin votes on many at once.')
    expect(offerFor([aRow({})], allowed).refused).toBeUndefined()
  })
  it('never takes critical ones, nor what one cannot approve', () => {
    expect(whyAlone(aRow({ risk: 'critical' }))).toMatch(/critical/)
    expect(whyAlone(aRow({ canApprove: false }))).toMatch(/cannot approve/)
    expect(whyAlone(aRow({}))).toBeUndefined()
  })
  it('parts what goes together from what goes alone', () => {
    const offer = offerFor([aRow({ number: 'AR-1' }), aRow({ number: 'AR-2', risk: 'critical' })], allowed)
    expect(offer.together.map((row) => row.number)).toEqual(['AR-1'])
    expect(offer.alone.map((one) => one.row.number)).toEqual(['AR-2'])
    expect(offer.refused).toBeUndefined()
  })
  it('is refused beyond fifty, and when nothing is left', () => {
    const many = Array.from({ length: 51 }, (_, at) => aRow({ number: `AR-${at}` }))
    expect(offerFor(many, allowed).refused).toBe('At most 50 at once; 51 are selected.')
    expect(offerFor([aRow({ risk: 'critical' })], allowed).refused).toBe('None of these can be decided together.')
  })
  it('says what the selected ones have in common', () => {
    const sre = [{ label: 'SRE', kind: 'team', mine: true, impossible: false }]
    expect(selectionWords([aRow({ slots: sre }), aRow({ slots: sre })])).toBe('both medium risk, both need SRE')
    expect(selectionWords([aRow({ slots: sre })])).toBe('medium risk, needs SRE')
    expect(selectionWords([aRow({}), aRow({ risk: 'high' })])).toBe('')
    expect(selectionWords([aRow({}), aRow({ risk: 'critical' })])).toBe('1 is critical, decided one by one')
  })
  it('answers row by row, and loses nothing silently', () => {
    const answers = [
      { request: 'AR-1', status: 200, state: 'approved' },
      { request: 'AR-2', status: 200, state: 'pending' },
      { request: 'AR-3', status: 409, problem: { code: 'already-reviewed', detail: 'you have voted on it', remedy: 'withdraw your vote first' } },
    ]
    expect(answersInShort(answers, 'approve')).toBe('2 approved, 1 refused.')
    expect(answersInShort(answers.slice(0, 2), 'deny')).toBe('2 rejected.')
    expect(answers.map((one) => answerWords(one, 'approve'))).toEqual([
      'Approved: nothing is missing any more.',
      'Your approval counts; others are still needed.',
      'Refused: you have voted on it. Withdraw your vote first.',
    ])
    expect(answerWords(answers[0]!, 'deny')).toBe('Rejected.')
  })
  it('keeps selected what can still be decided', () => {
    const of = (status: number) => isSettled({ request: 'AR-1', status })
    expect([200, 404, 409].every(of)).toBe(true)
    expect([403, 422].some(of)).toBe(false)
  })
})
