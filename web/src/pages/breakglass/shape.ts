import { queryOptions } from '@tanstack/react-query'
import { api, data } from '~/api/client'

export interface Someone {
  id: string
  handle: string
  name: string
}
export interface ScopeAction {
  id: string
  title: string
  risk: string
}
export interface ScopeThing {
  type: string
  id: string
  name: string
}
export interface Scope {
  actions: ScopeAction[]
  resources: ScopeThing[]
  wide: boolean
}
export interface Owed {
  closureDueAt: string
  closedAt?: string
  closureOverdue: boolean
  reviewDueAt: string
  reviewedAt?: string
  reviewOverdue: boolean
}
export interface You {
  owner: boolean
  mayRevoke: boolean
  mayClose: boolean
  mayReview: boolean
  whyNotReview?: string
}
/** A session in a list. */
export interface Session {
  id: string
  name: string
  state: string
  owner: Someone
  reason: string
  incident: string
  closureOwner: Someone
  scope: Scope
  duration: string
  openedAt: string
  request?: { id: string; number: string }
  startedAt?: string
  endsAt?: string
  endedAt?: string
  endedWhy?: string
  endedBy?: Someone
  endNote?: string
  lasted?: string
  actionsTaken: number
  lastUsedAt?: string
  owed?: Owed
  you: You
}
export interface BypassedRule {
  ruleId: string
  version: number
  name: string
  needed: string
}
export interface Taken {
  id: string
  at: string
  subject: Someone
  caller: Someone
  action: ScopeAction
  resource: ScopeThing
  payloadDigest: string
  reason?: string
  request?: string
  requestState?: string
  outcome?: string
  bypassed: BypassedRule[]
  verdict?: string
  verdictNote?: string
}
export interface Closure {
  incident: string
  reasonUsed: string
  actionsPerformed: string[]
  sessionClosedAt: string
  remarks?: string
  preventiveAction: string
  preventiveOwner: Someone
  preventiveDue: string
  evidence: string[]
  filedBy: Someone
  filedAt: string
}
export interface Review {
  summary: string
  reviewedBy: Someone
  reviewedAt: string
}
export interface SessionDetail extends Session {
  actions: Taken[]
  closure?: Closure
  review?: Review
}
export interface Moment {
  at: string
  type: string
  actor: Someone
  channel: string
  entry: unknown
}
export interface OwnSession {
  id: string
  name: string
  incident: string
  startedAt?: string
  endsAt?: string
  actionsTaken: number
}
export interface BannerView {
  own?: OwnSession
  requested?: OwnSession
  active?: number
  owed: number
  overdue?: number
}
export interface Bypass extends BypassedRule {
  actions: string[]
  resources: string[]
}
export interface Preview {
  sentence: string
  bypasses: Bypass[]
  unaffected: string[]
  wide: boolean
  confirm?: string
  minimum: string
  maximum: string
  openingGatedBy: string[]
  faults: string[]
  complete: boolean
}
export interface Report {
  from: string
  to: string
  sessions: number
  notOpened: number
  activeFor: string
  actions: number
  closuresOwed: number
  closuresOverdue: number
  reviewsOwed: number
  reviewsOverdue: number
  verdicts: Record<string, number>
  bypassed: Array<{ ruleId: string; name: string; times: number }>
  owners: Array<{ owner: Someone; sessions: number; actions: number }>
  items: Session[]
  complete: boolean
}
export interface EmergencyChange {
  id: string
  kind: string
  at: string
  session: string
  incident: string
  justification: string
  subject: Someone
  action: ScopeAction
  resource: ScopeThing
  request?: string
  outcome?: string
  bypassed: BypassedRule[]
  verdict?: string
}
export interface ScopeForm {
  actions: string[]
  resources: Array<{ type: string; id: string }>
}
export interface OpeningForm {
  reason: string
  incident: string
  closureOwner?: string
  scope: ScopeForm
  duration: string
  confirmScope?: string
}
export interface ClosureForm {
  incident: string
  reasonUsed: string
  remarks?: string
  preventiveAction: string
  preventiveOwner?: string
  preventiveDue: string
  evidence: string[]
}
export interface ReviewForm {
  summary: string
  verdicts: Array<{ actionId: string; verdict: string; note?: string }>
}

interface Init {
  params?: { query?: Record<string, string | number | undefined>; path?: Record<string, string>; header?: Record<string, string> }
  body?: unknown
}
type Call = <T>(path: string, init?: Init) => Promise<{ data?: T; response: Response }>
/** The client, for addresses that the document of the API names with the next reading of it. */
const open = api as unknown as { GET: Call; POST: Call }

const at = '/api/v1/breakglass-sessions'

export interface SessionSearch {
  state?: string | undefined
  owner?: string | undefined
  cursor?: string | undefined
}
export const sessionsQuery = (query: SessionSearch) =>
  queryOptions({
    queryKey: ['breakglass', 'sessions', query],
    queryFn: () => data(open.GET<{ items: Session[]; nextCursor?: string }>(at, { params: { query: { ...query } } })),
  })
export const overdueQuery = queryOptions({
  queryKey: ['breakglass', 'overdue'],
  queryFn: () => data(open.GET<{ items: Session[] }>(`${at}/overdue`)),
})
export const changesQuery = (cursor: string | undefined) =>
  queryOptions({
    queryKey: ['breakglass', 'changes', cursor],
    queryFn: () => data(open.GET<{ items: EmergencyChange[]; nextCursor?: string }>('/api/v1/emergency-changes', { params: { query: { cursor } } })),
  })
export const reportQuery = (from: string | undefined, to: string | undefined) =>
  queryOptions({
    queryKey: ['breakglass', 'report', from, to],
    queryFn: () => data(open.GET<Report>(`${at}/report`, { params: { query: { from, to } } })),
  })
export const bannerQuery = queryOptions({
  queryKey: ['breakglass', 'banner'],
  queryFn: () => data(open.GET<BannerView>(`${at}/banner`)),
  staleTime: 15_000,
  refetchInterval: 60_000,
})
export const sessionQuery = (session: string) =>
  queryOptions({
    queryKey: ['breakglass', 'session', session],
    queryFn: () => data(open.GET<SessionDetail>(`${at}/{session}`, { params: { path: { session } } })),
  })
export const timelineQuery = (session: string) =>
  queryOptions({
    queryKey: ['breakglass', 'timeline', session],
    queryFn: () => data(open.GET<{ items: Moment[] }>(`${at}/{session}/timeline`, { params: { path: { session } } })),
  })
export const previewQuery = (scope: ScopeForm) =>
  queryOptions({
    queryKey: ['breakglass', 'preview', scope],
    queryFn: () => data(open.POST<Preview>(`${at}/preview`, { body: { scope } })),
    retry: false,
  })

const once = (key: string) => ({ 'Idempotency-Key': key })
export const openSession = (body: OpeningForm, key: string) => open.POST<SessionDetail>(at, { params: { header: once(key) }, body })
export const endSession = (session: string, note: string) =>
  data(open.POST<SessionDetail>(`${at}/{session}/revocation`, { params: { path: { session } }, body: note.trim() ? { note: note.trim() } : {} }))
export const closeSession = (session: string, body: ClosureForm, key: string) =>
  data(open.POST<SessionDetail>(`${at}/{session}/closure`, { params: { path: { session }, header: once(key) }, body }))
export const reviewSession = (session: string, body: ReviewForm, key: string) =>
  data(open.POST<SessionDetail>(`${at}/{session}/review`, { params: { path: { session }, header: once(key) }, body }))
