import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, data, Problem } from '~/api/client'
import type { Change } from '~/parts/change/shape'
import { hiddenIn, visible } from '~/parts/visible'
import type { Detail, TimelineItem } from './shape'

/** One request in full, as the reader sees it. */
export function requestQuery(request: string) {
  return queryOptions({
    queryKey: ['requests', 'one', request],
    queryFn: async () =>
      (await data(api.GET('/api/v1/requests/{request}', { params: { path: { request } } }))) as unknown as Detail,
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

/** The requests that wait for the reader, to go through them one after the other. */
export const neighboursQuery = queryOptions({
  queryKey: ['requests', 'neighbours'],
  queryFn: async () => {
    const page = await data(api.GET('/api/v1/requests', { params: { query: { view: 'mine', limit: 100 } } }))
    return page.items.map((one) => one.number)
  },
  staleTime: 30_000,
})

/** What it changes, rendered from the very bytes of the digest, part after part. */
export function changeQuery(request: string, view: 'structured' | 'raw', against?: string) {
  return infiniteQueryOptions({
    queryKey: ['requests', 'change', request, view, against ?? ''],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => readChange(request, view, pageParam, against),
    getNextPageParam: (last: Change) => last.rows.nextOffset ?? undefined,
    staleTime: 60_000,
    retry: false,
  })
}

async function readChange(request: string, view: string, offset: number, against?: string): Promise<Change> {
  const query = new URLSearchParams({ view, offset: String(offset), ...(against ? { against } : {}) })
  const answer = await fetch(`/api/v1/requests/${encodeURIComponent(request)}/change?${query}`)
  if (answer.ok) return (await answer.json()) as Change
  if (answer.status === 404) return plainPayload(request)
  throw new Problem(answer.status, (await answer.json().catch(() => ({}))) as Record<string, unknown>)
}

async function plainPayload(request: string): Promise<Change> {
  const { response } = await api.GET('/api/v1/requests/{request}/payload', { params: { path: { request } }, parseAs: 'stream' })
  const text = await response.text()
  const lines = text.split('\n')
  return {
    digest: response.headers.get('X-Payload-Digest') ?? '',
    mediaType: response.headers.get('X-Payload-Media-Type') ?? '',
    size: text.length,
    complete: true,
    covered: Number(response.headers.get('X-Payload-Covered') ?? 0),
    hidden: hiddenIn(text),
    lookalikes: 0,
    remarks: [],
    summary: [],
    moreInSummary: 0,
    rows: { offset: 0, shown: lines.length, total: lines.length },
    folded: [],
    content: text === '' ? { kind: 'empty' } : { kind: 'text', lines: lines.map((line, at) => ({ kind: 'context', newLine: at + 1, text: visible(line).map((piece) => piece.text).join(''), changed: [], continued: false })) },
  }
}
