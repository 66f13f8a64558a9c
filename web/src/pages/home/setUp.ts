import { queryOptions } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import type { SetUp } from './firstSteps'

const FEW = 12

/** What there is of the organization, as far as its first steps need it. Live events of each room make it old. */
export const setUpQuery = queryOptions({
  queryKey: ['requests', 'set-up'],
  staleTime: 5_000,
  queryFn: async () => {
    const few = { params: { query: { limit: FEW } } }
    const [people, teams, environments, templates, requests] = await Promise.all([
      data(api.GET('/api/v1/people', few)),
      data(api.GET('/api/v1/teams', few)),
      data(api.GET('/api/v1/environments', { params: { query: { limit: 200 } } })),
      data(api.GET('/api/v1/templates', { params: { query: { limit: 200 } } })),
      data(api.GET('/api/v1/requests', { params: { query: { view: 'all', limit: 1 } } })),
    ])
    const bound = templates.items.filter((one) => one.bindings > 0 && one.archivedAt === undefined)
    const active = people.items.filter((one) => one.active)
    const counts: SetUp = {
      people: active.length,
      teams: teams.items.length,
      environments: environments.items.length,
      boundPolicies: bound.length,
      requests: requests.items.length,
    }
    return {
      counts,
      people: active,
      morePeople: people.nextCursor !== undefined,
      teams: teams.items,
      environments: environments.items,
      policies: bound,
      firstRequest: requests.items[0],
    }
  },
})

export type Found = Awaited<ReturnType<NonNullable<typeof setUpQuery.queryFn>>>
