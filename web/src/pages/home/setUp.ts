import { queryOptions, useQueries } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import type { SetUp } from './firstSteps'

// One question for each room, so that a live event in any of them renews what it touched.
const people = queryOptions({
  queryKey: ['directory', 'set-up'],
  queryFn: async () => {
    const few = { params: { query: { limit: 12 } } }
    const [found, teams] = await Promise.all([data(api.GET('/api/v1/people', few)), data(api.GET('/api/v1/teams', few))])
    return { people: found.items.filter((one) => one.active), morePeople: found.nextCursor !== undefined, teams: teams.items }
  },
})
const places = queryOptions({
  queryKey: ['places', 'set-up'],
  queryFn: async () => (await data(api.GET('/api/v1/environments', { params: { query: { limit: 200 } } }))).items,
})
const policies = queryOptions({
  queryKey: ['policies', 'set-up'],
  queryFn: async () => {
    const templates = await data(api.GET('/api/v1/templates', { params: { query: { limit: 200 } } }))
    return templates.items.filter((one) => one.bindings > 0 && one.archivedAt === undefined)
  },
})
const requests = queryOptions({
  queryKey: ['requests', 'set-up'],
  queryFn: async () => (await data(api.GET('/api/v1/requests', { params: { query: { view: 'all', limit: 1 } } }))).items,
})

/** What there is of the organization, as far as its first steps need it; live. */
export function useSetUp(enabled: boolean) {
  const [who, where, rules, asked] = useQueries({
    queries: [
      { ...people, enabled },
      { ...places, enabled },
      { ...policies, enabled },
      { ...requests, enabled },
    ],
  })
  const error = who.error ?? where.error ?? rules.error ?? asked.error ?? undefined
  const retry = () => void Promise.all([who, where, rules, asked].map((one) => one.refetch()))
  if (!who.data || !where.data || !rules.data || !asked.data) return { error, retry }
  const counts: SetUp = {
    people: who.data.people.length,
    teams: who.data.teams.length,
    environments: where.data.length,
    boundPolicies: rules.data.length,
    requests: asked.data.length,
  }
  return { retry, found: { counts, ...who.data, environments: where.data, policies: rules.data, firstRequest: asked.data[0] } }
}

export type Found = NonNullable<ReturnType<typeof useSetUp>['found']>
