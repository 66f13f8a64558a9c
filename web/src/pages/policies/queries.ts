import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, data, type Schemas } from '~/api/client'

export type Template = Schemas['PolicyViewsTemplateView']
export type TemplateForm = Schemas['TemplateForm']
export type Preview = Schemas['PreviewsPreview']
export type Chances = Schemas['Chances']

export const templatesQuery = (search: { q?: string; archived?: string; cursor?: string }) =>
  queryOptions({
    queryKey: ['policies', 'list', search],
    queryFn: () =>
      data(
        api.GET('/api/v1/templates', {
          params: { query: { q: search.q ?? '', archived: search.archived === 'true', limit: 50, cursor: search.cursor } },
        }),
      ),
    placeholderData: (before) => before,
  })

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', 'one', id],
    queryFn: () => data(api.GET('/api/v1/templates/{template}', { params: { path: { template: id } } })),
  })

export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['policies', 'versions', id],
    queryFn: ({ pageParam }) => data(api.GET('/api/v1/templates/{template}/versions', { params: { path: { template: id }, query: { limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    select: (read) => read.pages.flatMap((page) => page.items),
  })

export const bindingsQuery = (template: string) =>
  queryOptions({
    queryKey: ['policies', 'bindings', template],
    queryFn: () => data(api.GET('/api/v1/bindings', { params: { query: { template, limit: 200 } } })),
  })

export const usesQuery = queryOptions({
  queryKey: ['policies', 'uses'],
  queryFn: () => data(api.GET('/api/v1/template-uses')),
  staleTime: 30_000,
})

export const heldQuery = (template: string) =>
  queryOptions({
    queryKey: ['requests', 'held-by', template],
    queryFn: () => data(api.GET('/api/v1/template-uses/{template}/requests', { params: { path: { template } } })),
  })

export const brokenQuery = queryOptions({
  queryKey: ['findings', 'cannot-be-met'],
  queryFn: () => data(api.GET('/api/v1/findings', { params: { query: { code: 'cannot-be-met', limit: 20 } } })),
})

export const teamsQuery = queryOptions({
  queryKey: ['directory', 'teams', 'all'],
  queryFn: () => data(api.GET('/api/v1/teams', { params: { query: { limit: 200 } } })),
  staleTime: 30_000,
})

export const rolesQuery = queryOptions({
  queryKey: ['directory', 'roles', 'all'],
  queryFn: () => data(api.GET('/api/v1/roles', { params: { query: { limit: 200 } } })),
  staleTime: 30_000,
})

export const projectsQuery = queryOptions({
  queryKey: ['places', 'projects', 'all'],
  queryFn: () => data(api.GET('/api/v1/projects', { params: { query: { limit: 200 } } })),
  staleTime: 30_000,
})

export const clustersQuery = queryOptions({
  queryKey: ['places', 'clusters', 'all'],
  queryFn: () => data(api.GET('/api/v1/clusters', { params: { query: { limit: 200 } } })),
  staleTime: 30_000,
})

export const environmentsQuery = queryOptions({
  queryKey: ['places', 'environments', 'all'],
  queryFn: () => data(api.GET('/api/v1/environments', { params: { query: { limit: 200 } } })),
  staleTime: 30_000,
})

export const actionsQuery = queryOptions({
  queryKey: ['places', 'actions'],
  queryFn: () => data(api.GET('/api/v1/actions')),
  staleTime: 60_000,
})

export const organizationQuery = queryOptions({
  queryKey: ['organization'],
  queryFn: () => data(api.GET('/api/v1/organization')),
  staleTime: 60_000,
})
