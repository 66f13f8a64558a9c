import { describe, expect, it } from 'vitest'
import { Problem } from '~/api/client'
import { refused } from './refusal'

describe('a refused vote', () => {
  it('names the request that took its place', () => {
    const problem = new Problem(409, { code: 'payload-changed', detail: 'AR-7 was superseded by AR-9', remedy: 'look at AR-9' })
    expect(refused(problem, 'approve')).toMatchObject({
      title: 'The change was replaced while you read. Nothing was approved.',
      successor: 'AR-9',
      words: 'AR-7 was superseded by AR-9. Look at AR-9.',
      again: false,
    })
  })
  it('says nothing of a successor where there is none', () => {
    const problem = new Problem(409, { code: 'payload-changed', detail: 'the vote names another payload' })
    expect(refused(problem, 'deny').successor).toBeUndefined()
    expect(refused(problem, 'deny').title).toContain('Nothing was rejected.')
  })
  it('tells an ended sign-in in the words of people, and keeps the note', () => {
    const problem = new Problem(401, { code: 'sign-in-required', detail: 'this needs a credential', remedy: 'send a token' })
    expect(refused(problem, 'approve')).toMatchObject({ title: 'Your sign-in had ended. Nothing was approved.', words: 'Your note is kept.', again: true })
  })
  it('puts a missing note beside the note', () => {
    expect(refused(new Problem(422, { code: 'note-required', detail: 'the rule demands a note' }), 'approve').ofNote).toBe(true)
  })
  it('offers to try again only where that can help', () => {
    expect(refused(Problem.unreachable(), 'approve').again).toBe(true)
    expect(refused(new Problem(503, { detail: 'busy' }), 'approve').again).toBe(true)
    expect(refused(new Problem(403, { code: 'not-eligible', detail: 'you asked for this yourself' }), 'approve').again).toBe(false)
    expect(refused(new Error('anything else'), 'approve').again).toBe(true)
  })
})
