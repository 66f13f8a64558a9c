import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { api, data, type Schemas } from '~/api/client'

export type Me = Schemas['MeMeView']

/** Who is signed in, and what he may do. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => data(api.GET('/api/v1/me')),
  staleTime: 60_000,
  retry: false,
})

/** The server's clock; a simulated one may be far from ours. */
export const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: async () => {
    const before = Date.now()
    const reading = await data(api.GET('/api/v1/clock'))
    const middle = (before + Date.now()) / 2
    return { offset: Date.parse(reading.now) - middle, simulated: reading.simulated }
  },
  staleTime: 5 * 60_000,
})

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** Whether the signed-in person holds a permission; what he may not do is not shown as a dead button. */
export function useMay(permission: string): boolean {
  return useMe().permissions.includes(permission)
}

/** How far the server's clock is ahead of this device's, in milliseconds. */
export function useClockOffset(): number {
  return useQuery(clockQuery).data?.offset ?? 0
}
