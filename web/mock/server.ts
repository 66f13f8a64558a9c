import type { Schemas } from '../src/api/client'
import { type Asked, people, PERMISSIONS, requests, type Row, type Somebody, type Who } from './world.ts'

/** What an endpoint answers. */
interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

let me: Somebody | undefined = people[0]
let leaf = 100
const listeners = new Set<(event: Schemas['LiveEvent']) => void>()

/** Live events, until the function that is returned is called. */
export function listen(listener: (event: Schemas['LiveEvent']) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function happened(type: string, request: Asked) {
  leaf += 1
  const event = { type, time: new Date().toISOString(), leafIndex: leaf, number: request.number, actorId: me?.id ?? '' }
  for (const listener of listeners) listener(event)
}

const ok = (body: unknown): Answer => ({ status: 200, body })
const page = (items: unknown[]): Answer => ok({ items, limit: 50 })
const problem = (status: number, code: string, detail: string): Answer => ({
  status,
  body: { type: `urn:countersign:problem:${code}`, title: code, status, detail, code, violations: [], requestId: 'call_mock' },
})

const who = ({ id, handle, name, kind }: Somebody): Who => ({ id, handle, name, kind })
const iso = (millis: number) => new Date(millis).toISOString()
const open = (one: Asked) => one.teams.filter((team) => !one.approvals.some((approval) => approval.team === team))
const deadline = (one: Asked) => one.openedAt + one.hours * 3_600_000

function stateOf(one: Asked): string {
  if (one.denial) return 'denied'
  if (one.cancelledAt) return 'cancelled'
  if (open(one).length === 0) return 'approved'
  return Date.now() >= deadline(one) ? 'expired' : 'pending'
}

/** The team that this reader could sign for, or why he cannot. */
function standing(one: Asked): { team?: string; code?: string; sentence?: string } {
  if (stateOf(one) !== 'pending') return { code: 'not-pending', sentence: `${one.number} is ${stateOf(one)} and takes no votes` }
  if (!me || one.subject.id === me.id) return { code: 'requester', sentence: 'you asked for this, and requesters never count' }
  if (one.approvals.some((approval) => approval.who.id === me?.id)) return { code: 'already-reviewed', sentence: 'you approved this already' }
  const team = open(one).find((name) => me?.teams.includes(`@${name}`))
  return team ? { team } : { code: 'not-listed', sentence: 'you are not among the approvers' }
}

function row(one: Asked): Row {
  const mine = standing(one)
  const missing = open(one)
  const state = stateOf(one)
  return {
    id: `req_${one.number}`,
    number: one.number,
    title: one.title,
    titleObject: one.object,
    state,
    stale: state === 'pending' && Date.now() - one.openedAt > 24 * 3_600_000,
    action: one.action,
    resource: {
      type: one.environment ? 'environment' : 'cluster',
      id: 'res_mock',
      name: one.environment ? `${one.project ?? ''}/${one.environment}` : (one.cluster ?? ''),
      project: one.project,
      environment: one.environment,
      cluster: one.cluster,
      attributes: {},
    },
    subject: who(one.subject),
    caller: who(one.subject),
    reason: one.reason,
    openedAt: iso(one.openedAt),
    deadline: iso(deadline(one)),
    payloadDigest: `sha256:${'0'.repeat(63)}${one.number.slice(-1)}`,
    progress: [{ name: 'Production change', approvals: one.approvals.length, needed: one.teams.length, met: missing.length === 0 }],
    signed: one.approvals.map((approval) => who(approval.who)),
    approvals: one.approvals.length,
    needed: one.teams.length,
    slots: state === 'pending' ? missing.map((team) => ({ label: team, kind: 'team', mine: mine.team === team, impossible: false })) : [],
    missing: missing.length > 0 ? `${missing.join(' and ')} missing` : undefined,
    canApprove: mine.team !== undefined,
    why: mine.team
      ? { code: 'eligible', title: 'You can approve', detail: missing.length === 1 ? 'yours completes it' : `as ${mine.team}` }
      : { code: mine.code ?? '', title: 'Not yours', detail: mine.sentence ?? '' },
    whyNot: mine.team ? undefined : { code: mine.code ?? '', sentence: mine.sentence ?? '' },
    rejectedBy: one.denial ? who(one.denial.who) : undefined,
    endedAt: one.denial ? iso(one.denial.at) : one.cancelledAt ? iso(one.cancelledAt) : undefined,
  } as Row
}

function detail(one: Asked) {
  const shown = row(one)
  const mine = standing(one)
  const closers = (team: string) => people.filter((each) => each.teams.includes(`@${team}`) && each.id !== one.subject.id).map(who)
  return {
    ...shown,
    requirements: [
      {
        id: 'req-mock',
        ruleId: 'tpl_mock',
        version: 1,
        bindingId: 'bnd_mock',
        name: 'Production change',
        description: 'Somebody of each team looks at every change to production',
        rule: `one person each from ${one.teams.join(' and ')}`,
        met: open(one).length === 0,
        approvals: one.approvals.length,
        needed: one.teams.length,
        counted: one.approvals.map((approval) => who(approval.who)),
        lapsed: [],
        signatures: one.approvals.map((approval) => ({ voteId: `vot_${approval.who.handle}`, person: who(approval.who), at: iso(approval.at), fills: [approval.team] })),
        slots: open(one).map((team) => ({ label: team, kind: 'team', mine: mine.team === team, impossible: false, people: closers(team), total: closers(team).length })),
        missing: open(one).map((team) => `somebody of ${team}`),
        fewestFurther: open(one).length,
        unsatisfiable: false,
        closers: open(one).flatMap(closers),
        eligible: open(one).flatMap(closers).length,
        requesterCanApprove: false,
        yourStanding: mine.team ? 'eligible' : 'not-listed',
      },
    ],
    votes: [
      ...one.approvals.map((approval) => ({ id: `vot_${approval.who.handle}`, person: who(approval.who), vote: 'approve', note: approval.note, at: iso(approval.at), channel: 'web' })),
      ...(one.denial ? [{ id: 'vot_denial', person: who(one.denial.who), vote: 'deny', note: one.denial.note, at: iso(one.denial.at), channel: 'web' }] : []),
    ],
    couldApprove: open(one).flatMap(closers),
    couldApproveTotal: open(one).flatMap(closers).length,
    ifYouApprove: mine.team
      ? { completes: open(one).length === 1 ? ['Production change'] : [], completesRequest: open(one).length === 1, stillNeeded: open(one).filter((team) => team !== mine.team).map((team) => `One more from ${team} is needed`), startsAtOnce: false }
      : undefined,
    excluded: [{ who: who(one.subject), why: 'subject', sentence: `${one.subject.name} asked for this` }],
    excludedTotal: 1,
    mayNotApprove: `${one.subject.name} asked for this, and requesters never count.`,
    earlierDenials: [],
    followUps: [],
    payloadReadable: true,
    owners: [],
    authors: [],
  }
}

function vote(one: Asked, body: Record<string, unknown>): Answer {
  const mine = standing(one)
  if (mine.code === 'already-reviewed') return problem(409, 'already-reviewed', 'you have voted on this already')
  if (mine.code === 'not-pending') return problem(409, 'not-pending', mine.sentence ?? '')
  if (!mine.team || !me) return problem(403, 'not-eligible', `you are not an eligible approver for this request: ${mine.sentence ?? ''}`)
  const note = typeof body.note === 'string' ? body.note : ''
  if (body.vote === 'deny') one.denial = { who: me, at: Date.now(), note }
  else one.approvals.push({ who: me, team: mine.team, at: Date.now(), note })
  happened(body.vote === 'deny' ? 'request-denied' : 'vote-cast', one)
  return ok(detail(one))
}

function change(one: Asked) {
  const lines = one.change.trimEnd().split('\n')
  return {
    digest: row(one).payloadDigest,
    mediaType: 'text/plain',
    size: one.change.length,
    complete: true,
    covered: 0,
    hidden: 0,
    lookalikes: 0,
    remarks: [],
    summary: [],
    moreInSummary: 0,
    rows: { offset: 0, shown: lines.length, total: lines.length },
    folded: [],
    content: { kind: 'text', lines },
  }
}

function listed(view: string): Asked[] {
  return requests.filter((one) => {
    const pending = stateOf(one) === 'pending'
    if (view === 'mine') return pending && standing(one).team !== undefined
    if (view === 'waiting') return pending && standing(one).team === undefined
    if (view === 'pending') return pending
    return view === 'decided' ? !pending : true
  })
}

/** The answer of the API to one call. */
export function answer(method: string, url: URL, body: Record<string, unknown>): Answer {
  const path = url.pathname.replace('/api/v1', '')
  if (path === '/sessions' && method === 'POST') {
    me = people.find((one) => one.handle === body.handle)
    return me ? { status: 201, body: { id: 'ses_mock' } } : problem(401, 'sign-in-failed', 'handle and password do not belong together')
  }
  if (path.startsWith('/sessions') && method === 'DELETE') {
    me = undefined
    return { status: 204 }
  }
  if (!me) return problem(401, 'sign-in-required', 'this needs a credential')
  const [room, name, part] = path.split('/').filter(Boolean)
  if (room === 'requests' && name === 'counts') {
    const count = (view: string) => listed(view).length
    return ok({ mine: count('mine'), mineMore: false, waiting: count('waiting'), waitingMore: false, pending: count('pending'), pendingMore: false, stale: 1, staleMore: false })
  }
  if (room === 'requests' && !name) return page(listed(url.searchParams.get('view') ?? 'all').map(row))
  if (room === 'requests') {
    const one = requests.find((each) => each.number === name || `req_${each.number}` === name)
    if (!one) return problem(404, 'request-not-found', `there is no request \`${name ?? ''}\``)
    if (part === 'votes') return vote(one, body)
    if (part === 'timeline') return ok({ items: [] })
    if (part === 'change') return ok(change(one))
    if (part === 'cancellation') {
      one.cancelledAt = Date.now()
      happened('request-cancelled', one)
    }
    if (part === 'withdrawal') one.approvals = one.approvals.filter((approval) => approval.who.id !== me?.id)
    return ok(detail(one))
  }
  switch (path) {
    case '/me':
      return ok({
        ...who(me),
        roles: me.roles,
        teams: me.teams,
        permissions: PERMISSIONS,
        credential: { id: 'ses_mock', kind: 'session', scopes: [], signedInAt: iso(Date.now()), expiresAt: iso(Date.now() + 43_200_000) },
        organization: { id: 'org_mock', handle: 'acme', name: 'Acme', setUp: { active: false } },
      })
    case '/clock':
      return ok({ now: iso(Date.now()), simulated: false })
    case '/people':
      return page(people.map((one) => ({ ...one, email: `${one.handle}@acme.example`, active: true, version: 1 })))
    default:
      return method === 'GET' ? page([]) : problem(501, 'not-in-the-mock', 'the mock does not do this; start a server for it')
  }
}
