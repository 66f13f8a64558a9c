import { api, newKey, Problem } from '~/api/client'
import type { Detail } from './shape'

/** A call to Countersign itself, as its approvers saw it. */
export interface OwnCall {
  method: string
  path: string
  ifMatch?: string
  body: string
}

interface Init {
  headers: Record<string, string>
  parseAs: 'stream'
  body?: string
  bodySerializer?: (body: string) => string
}

/** What this changes is told in the payload and not what was sent. */
const SHOWS_EFFECT = '/api/v1/declarations'

/** Reads a payload of the media type message/http; nothing where it is no call that can be sent again as it stands. */
export function ownCallOf(payload: string): OwnCall | undefined {
  const gap = payload.indexOf('\n\n')
  if (gap < 0) return undefined
  const [first = '', ...headers] = payload.slice(0, gap).split('\n')
  const [, method, path] = /^(POST|PUT|PATCH|DELETE) (\/api\/v1\/\S*)$/.exec(first) ?? []
  if (!method || !path || path.startsWith(SHOWS_EFFECT)) return undefined
  const ifMatch = headers.find((line) => line.startsWith('If-Match: '))?.slice('If-Match: '.length)
  return { method, path, ...(ifMatch ? { ifMatch } : {}), body: payload.slice(gap + 2) }
}

/** The call that a request is about, if its payload is one and nothing in it is covered. */
export async function readOwnCall(request: Detail): Promise<OwnCall | null> {
  const { response } = await api.GET('/api/v1/requests/{request}/payload', { params: { path: { request: request.number } }, parseAs: 'stream' })
  const whole = response.headers.get('X-Payload-Covered') === '0' && response.headers.get('X-Payload-Media-Type') === 'message/http'
  return whole ? (ownCallOf(await response.text()) ?? null) : null
}

/** Sends the call again, byte for byte; it is done with the approval of these bytes. */
export async function sendAgain(call: OwnCall): Promise<void> {
  const sent: Init = {
    headers: { 'Idempotency-Key': newKey(), ...(call.ifMatch ? { 'If-Match': call.ifMatch } : {}) },
    parseAs: 'stream',
    ...(call.body ? { body: call.body, bodySerializer: (body) => body } : {}),
  }
  // The address stands in the payload: no route of the client's types, and everything else as for any call.
  const { response } = await (api.request as (method: string, path: string, init: Init) => Promise<{ response: Response }>)(call.method.toLowerCase(), call.path, sent)
  if (response.status === 202) {
    throw new Problem(202, { code: 'held', detail: 'it needs another approval: what it would change is not what was approved any more' })
  }
}
