import { queryOptions } from '@tanstack/react-query'
import { api, data } from '~/api/client'

/** What narrows a list of requests, as its address says it. */
type Narrowing = Partial<Record<'type' | 'project' | 'environment' | 'cluster' | 'risk' | 'requester' | 'q', string>>

/** How many requests wait: for you, for others, at all. The same judgement as the inbox shows. */
export const countsOf = (narrowing: Narrowing) =>
  queryOptions({
    queryKey: ['counts', narrowing],
    queryFn: () =>
      data(
        api.GET('/api/v1/requests/counts', {
          params: { query: { ...narrowing, type: several(narrowing.type), risk: several(narrowing.risk) } },
        }),
      ),
    staleTime: 15_000,
  })

export const countsQuery = countsOf({})

/** "5", or "100+" where counting stopped. */
export function countWords(count: number, more: boolean): string {
  return more ? `${count}+` : String(count)
}

function several(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value]
}
