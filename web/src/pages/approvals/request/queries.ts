import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import type { Change } from '~/parts/change/shape'
import type { TimelineItem } from './shape'

/** One request in full, as the reader sees it. */
export function requestQuery(request: string) {
  return queryOptions({
    queryKey: ['requests', 'one', request],
    queryFn: () => data(api.GET('/api/v1/requests/{request}', { params: { path: { request } } })),
  })
}

/** Everything that happened to it, newest first. */
export function timelineQuery(request: string) {
  return queryOptions({
    queryKey: ['requests', 'timeline', request],
    queryFn: async (): Promise<TimelineItem[]> => {
      const page = await data(api.GET('/api/v1/requests/{request}/timeline', { params: { path: { request } } }))
      return [...page.items].reverse()
    },
  })
}

/** The requests that wait for the reader, as the inbox has them: the soonest deadline first. */
export const neighboursQuery = queryOptions({
  queryKey: ['requests', 'neighbours'],
  queryFn: async () => {
    const page = await data(api.GET('/api/v1/requests', { params: { query: { view: 'mine', order: 'deadline', limit: 100 } } }))
    return page.items.map((one) => one.number)
  },
  staleTime: 30_000,
})

/** What it changes, rendered from the very bytes of the digest, part after part. */
export function changeQuery(request: string, view: 'structured' | 'raw') {
  return infiniteQueryOptions({
    queryKey: ['requests', 'change', request, view],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      data(api.GET('/api/v1/requests/{request}/change', { params: { path: { request }, query: { view, offset: pageParam } } })),
    getNextPageParam: (last: Change) => last.rows.nextOffset ?? undefined,
    staleTime: 60_000,
    retry: false,
  })
}

/** How its change differs from that of another request. */
export function comparisonQuery(request: string, against: string) {
  return infiniteQueryOptions({
    queryKey: ['requests', 'change', request, 'against', against],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => {
      const query = { against, offset: pageParam }
      return data(api.GET('/api/v1/requests/{request}/change', { params: { path: { request }, query } }))
    },
    getNextPageParam: (last: Change) => last.rows.nextOffset ?? undefined,
    staleTime: 60_000,
    retry: false,
  })
}
