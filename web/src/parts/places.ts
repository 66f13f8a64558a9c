import { api, data } from '~/api/client'

async function everything<Row>(page: (cursor: string | undefined) => Promise<{ items: Row[]; nextCursor?: string | undefined }>): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const some = await page(cursor)
    rows.push(...some.items)
    cursor = some.nextCursor
  } while (cursor && rows.length < 5000)
  return rows
}

/** Every kind of action there is. */
export const actionsQuery = {
  queryKey: ['places', 'actions'],
  queryFn: () => data(api.GET('/api/v1/actions')),
}

/** All projects, for choosing one. */
export const projectsQuery = {
  queryKey: ['places', 'projects', 'all'],
  queryFn: () => everything((cursor) => data(api.GET('/api/v1/projects', { params: { query: { limit: 200, cursor } } }))),
}

/** All clusters, for choosing one. */
export const clustersQuery = {
  queryKey: ['places', 'clusters', 'all'],
  queryFn: () => everything((cursor) => data(api.GET('/api/v1/clusters', { params: { query: { limit: 200, cursor } } }))),
}

/** All environments, with the project in their name. */
export const environmentsQuery = {
  queryKey: ['places', 'environments', 'all'],
  queryFn: () => everything((cursor) => data(api.GET('/api/v1/environments', { params: { query: { limit: 200, cursor } } }))),
}

/** Every place something can be given for, grouped for a choice. */
export const placesQuery = {
  queryKey: ['places', 'choices'],
  queryFn: async () => {
    const [projects, environments, clusters] = await Promise.all([projectsQuery.queryFn(), environmentsQuery.queryFn(), clustersQuery.queryFn()])
    return [
      { group: 'Projects', items: projects.map((one) => ({ value: one.id, label: one.name })) },
      { group: 'Environments', items: environments.map((one) => ({ value: one.id, label: one.path })) },
      { group: 'Clusters', items: clusters.map((one) => ({ value: one.id, label: one.name })) },
    ].filter((group) => group.items.length > 0)
  },
}
