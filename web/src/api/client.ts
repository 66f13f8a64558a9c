import createClient, { type Middleware } from 'openapi-fetch'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

/** An error in the server's own words (RFC 9457), or what could be told when it did not answer at all. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly remedy?: string
  readonly requestId?: string
  readonly violations: ReadonlyArray<{ code?: string; field?: string; message?: string }>
  readonly body: Readonly<Record<string, unknown>>

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.detail === 'string' ? body.detail : (body.title as string | undefined) ?? 'something went wrong')
    this.status = status
    this.code = (body.code as string | undefined) ?? 'unknown'
    this.remedy = body.remedy as string | undefined
    this.requestId = body.requestId as string | undefined
    this.violations = (body.violations as Problem['violations'] | undefined) ?? []
    this.body = body
  }

  /** The message for one field of a form, if the server complained about it. */
  of(field: string): string | undefined {
    return this.violations.find((one) => one.field === field || one.field?.endsWith(`.${field}`))?.message
  }

  static unreachable(): Problem {
    return new Problem(0, { code: 'unreachable', title: 'The server did not answer', detail: 'the server did not answer' })
  }
}

/** Who hears that the sign-in has ended; the layout asks for the password again without losing the page. */
let signedOut: () => void = () => undefined
export function whenSignedOut(listener: () => void): void {
  signedOut = listener
}

function cookie(name: string): string | undefined {
  return document.cookie
    .split('; ')
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1)
}

/** Whether this browser may be signed in: the cookie that goes with a session lasts as long as the session itself. */
export function mayBeSignedIn(): boolean {
  return import.meta.env.MODE === 'mock' || cookie('XSRF-TOKEN') !== undefined
}

const ways: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') {
      const csrf = cookie('XSRF-TOKEN')
      if (csrf) request.headers.set('X-XSRF-TOKEN', decodeURIComponent(csrf))
    }
    return request
  },
  async onResponse({ response, request }) {
    if (response.ok) return undefined
    const body = (await response
      .clone()
      .json()
      .catch(() => ({ title: response.statusText, code: `http-${response.status}` }))) as Record<string, unknown>
    const signingIn = request.method === 'POST' && /\/api\/v1\/(sessions|enrolments)$/.test(new URL(request.url).pathname)
    if (response.status === 401 && !signingIn) signedOut()
    throw new Problem(response.status, body)
  },
  onError() {
    return Problem.unreachable()
  },
}

/** The API as it answers what was done; that a call is held (202) is told by its status, and no page reads it as the thing itself. */
type Done<P> = {
  [Path in keyof P]: {
    [Method in keyof P[Path]]: P[Path][Method] extends { responses: infer Answers }
      ? Omit<P[Path][Method], 'responses'> & { responses: Omit<Answers, 202> }
      : P[Path][Method]
  }
}

/** The public API, the same that the command line and agents use; every error it gives is a {@link Problem}. */
export const api = createClient<Done<paths>>({ baseUrl: '', credentials: 'same-origin' })
api.use(ways)

/** A key for one act: trying it again with the same key repeats the answer and does nothing twice. */
export function newKey(): string {
  return crypto.randomUUID()
}

/** The body of an answer that has one. */
export async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data: body } = await answer
  return body as T
}
