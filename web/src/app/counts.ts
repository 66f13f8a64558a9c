import { queryOptions } from '@tanstack/react-query'
import { api, data } from '~/api/client'

/** How many requests wait: for you, and at all. The same judgement as the inbox shows. */
export const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: async () => {
    const page = await data(api.GET('/api/v1/requests', { params: { query: { view: 'mine', limit: 100 } } }))
    const mine = page.items.filter((one) => one.canApprove).length
    return { mine, mineMore: page.nextCursor !== undefined && mine > 0 }
  },
  staleTime: 15_000,
})

/** "5", or "100+" where counting stopped. */
export function countWords(count: number, more: boolean): string {
  return more ? `${count}+` : String(count)
}
