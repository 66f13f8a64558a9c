import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, data } from '~/api/client'

/** What narrows a list of requests. */
export interface Filters {
  type?: string
  project?: string
  environment?: string
  cluster?: string
  risk?: string
  requester?: string
  state?: string
  q?: string
}

/** Which rows: a view of the API, what narrows it, in which order, from where on, and how many. */
export interface Wanted {
  view: string
  filters?: Filters
  order?: string
  cursor?: string
  limit?: number
  enabled?: boolean
}

/** One page of requests, read again whenever something happens to one. */
export function useRequestPage({ view, filters = {}, order, cursor, limit = 50, enabled = true }: Wanted) {
  const query = {
    ...filters,
    view,
    order,
    cursor,
    limit,
    type: several(filters.type),
    risk: several(filters.risk),
    state: several(filters.state),
  }
  return useQuery({
    queryKey: ['requests', 'list', query],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const page = await data(api.GET('/api/v1/requests', { params: { query } }))
      // The list's own name goes with its rows: while another one is on its way, these are still the former's.
      return { list: JSON.stringify(query), rows: page.items, next: page.nextCursor }
    },
  })
}

function several(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value]
}
