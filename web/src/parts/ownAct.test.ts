import { describe, expect, it } from 'vitest'
import { heldRequests } from './ownAct'

const answer = (status: number, data?: unknown) => ({ response: new Response(status === 204 ? null : '{}', { status }), data })
const request = { id: 'apr_1', number: 'AR-7', state: 'pending', deadline: '2026-11-20T10:00:00Z', link: '/approvals/AR-7' }

describe('heldRequests', () => {
  it('names every request that a held call waits for', () => {
    const held = heldRequests(answer(202, { decision: 'hold', requests: [{ request }, { decision: 'hold' }, { request: { ...request, number: 'AR-8' } }] }))
    expect(held?.map((one) => one.number)).toEqual(['AR-7', 'AR-8'])
  })
  it('is nothing for what was done at once', () => {
    expect(heldRequests(answer(201, { id: 'per_1' }))).toBeUndefined()
    expect(heldRequests(answer(204))).toBeUndefined()
  })
})
