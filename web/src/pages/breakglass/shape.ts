import { queryOptions } from '@tanstack/react-query'
import { api, data, type Schemas } from '~/api/client'

/** A session in a list. */
export type Session = Schemas['BreakglassViewsSessionView']
export type SessionDetail = Schemas['BreakglassViewsSessionDetail']
export type Scope = Session['scope']
export type Owed = Schemas['BreakglassViewsOwedView']
export type Taken = Schemas['BreakglassViewsActionView']
export type BypassedRule = Schemas['BreakglassViewsBypassedRule']
export type Closure = Schemas['BreakglassViewsClosureView']
export type Review = Schemas['BreakglassViewsReviewView']
export type BannerView = Schemas['BreakglassViewsBannerView']
export type Preview = Schemas['BreakglassViewsPreviewView']
export type Report = Schemas['BreakglassViewsReportView']
export type EmergencyChange = Schemas['BreakglassViewsEmergencyChange']
export type ScopeForm = Schemas['OpeningFormScopeForm'] & { actions: string[]; resources: Schemas['OpeningFormResourceForm'][] }

export interface SessionSearch {
  state?: string | undefined
  cursor?: string | undefined
}
export const sessionsQuery = (query: SessionSearch) =>
  queryOptions({
    queryKey: ['breakglass', 'sessions', query],
    queryFn: () => data(api.GET('/api/v1/breakglass-sessions', { params: { query } })),
  })
export const overdueQuery = queryOptions({
  queryKey: ['breakglass', 'overdue'],
  queryFn: () => data(api.GET('/api/v1/breakglass-sessions/overdue')),
})
export const changesQuery = (cursor: string | undefined) =>
  queryOptions({
    queryKey: ['breakglass', 'changes', cursor],
    queryFn: () => data(api.GET('/api/v1/emergency-changes', { params: { query: { cursor } } })),
  })
export const reportQuery = (from: string | undefined, to: string | undefined) =>
  queryOptions({
    queryKey: ['breakglass', 'report', from, to],
    queryFn: () => data(api.GET('/api/v1/breakglass-sessions/report', { params: { query: { from, to } } })),
  })
export const bannerQuery = queryOptions({
  queryKey: ['breakglass', 'banner'],
  queryFn: () => data(api.GET('/api/v1/breakglass-sessions/banner')),
  staleTime: 15_000,
  refetchInterval: 60_000,
})
export const sessionQuery = (session: string) =>
  queryOptions({
    queryKey: ['breakglass', 'session', session],
    queryFn: () => data(api.GET('/api/v1/breakglass-sessions/{session}', { params: { path: { session } } })),
  })
export const timelineQuery = (session: string) =>
  queryOptions({
    queryKey: ['breakglass', 'timeline', session],
    queryFn: () => data(api.GET('/api/v1/breakglass-sessions/{session}/timeline', { params: { path: { session } } })),
  })
export const previewQuery = (scope: ScopeForm) =>
  queryOptions({
    queryKey: ['breakglass', 'preview', scope],
    queryFn: () => data(api.POST('/api/v1/breakglass-sessions/preview', { body: { scope } })),
    retry: false,
  })

const once = (key: string) => ({ 'Idempotency-Key': key })
export const openSession = (body: Schemas['OpeningForm'], key: string) => data(api.POST('/api/v1/breakglass-sessions', { params: { header: once(key) }, body }))
export const endSession = (session: string, note: string) =>
  data(api.POST('/api/v1/breakglass-sessions/{session}/revocation', { params: { path: { session } }, body: note.trim() ? { note: note.trim() } : {} }))
export const closeSession = (session: string, body: Schemas['ClosuresClosureForm'], key: string) =>
  data(api.POST('/api/v1/breakglass-sessions/{session}/closure', { params: { path: { session }, header: once(key) }, body }))
export const reviewSession = (session: string, body: Schemas['ReviewsReviewForm'], key: string) =>
  data(api.POST('/api/v1/breakglass-sessions/{session}/review', { params: { path: { session }, header: once(key) }, body }))
