import { UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data } from '~/api/client'
import { useMay } from '~/app/session'
import type { Filters } from '~/parts/useRequestPage'
import { Choice, type Option } from '~/ui/Choice'
import { SearchField } from '~/ui/SearchField'
import { howMany, risks, states, types, type View } from './filters'
import classes from './InboxFilters.module.css'

interface InboxFiltersProps {
  view: View
  filters: Filters
  onChange: (change: Filters) => void
}

/** What narrows the list: a field for text, and one button for each thing that a request has. */
export function InboxFilters({ view, filters, onChange }: InboxFiltersProps) {
  const places = usePlaces()
  const [person, setPerson] = useState('')
  const people = usePeople(person, filters.requester)
  const one = (key: keyof Filters) => ({
    value: filters[key],
    onChange: (value: string | undefined) => onChange({ [key]: value }),
  })
  return (
    <div className={classes.filters} role="search" aria-label="Requests">
      <SearchField label="Search requests" placeholder="Number, text, person" value={filters.q ?? ''} onChange={(q) => onChange({ q: q.trim() || undefined })} width={230} />
      <Choice label="Type" options={types} {...one('type')} />
      <Choice label="Project" options={places.projects} search {...one('project')} />
      <Choice label="Environment" options={places.environments} search {...one('environment')} />
      <Choice label="Cluster" options={places.clusters} search {...one('cluster')} />
      <Choice label="Risk" options={risks} {...one('risk')} />
      <Choice label="Requester" options={people} search onSearch={setPerson} {...one('requester')} />
      {view === 'decided' ? <Choice label="State" options={states} {...one('state')} /> : null}
      {howMany(filters) > 1 ? (
        <UnstyledButton
          className={classes.clear}
          onClick={() => onChange(Object.fromEntries(Object.keys(filters).map((key) => [key, undefined])))}
        >
          Clear filters
        </UnstyledButton>
      ) : null}
    </div>
  )
}

/** Names of projects, environments and clusters to choose from. */
function usePlaces(): { projects: Option[]; environments: Option[]; clusters: Option[] } {
  const may = useMay('directory-read')
  const options = { params: { query: { limit: 200 } } }
  const found = useQuery({
    queryKey: ['places', 'names'],
    enabled: may,
    staleTime: 5 * 60_000,
    queryFn: async () => {
      const [projects, environments, clusters] = await Promise.all([
        data(api.GET('/api/v1/projects', options)),
        data(api.GET('/api/v1/environments', options)),
        data(api.GET('/api/v1/clusters', options)),
      ])
      return { projects: projects.items, environments: environments.items, clusters: clusters.items }
    },
  }).data
  const named = (thing: { name: string }) => ({ value: thing.name, label: thing.name })
  return {
    projects: found?.projects.map(named) ?? [],
    environments: found?.environments.map((one) => ({ value: one.path, label: one.path, hint: one.tier })) ?? [],
    clusters: found?.clusters.map(named) ?? [],
  }
}

/** People and accounts whose name has these letters. */
function usePeople(text: string, chosen: string | undefined): Option[] {
  const may = useMay('directory-read')
  const [slow] = useDebouncedValue(text, 200)
  const people = useQuery({
    queryKey: ['directory', 'people', 'named', slow],
    enabled: may,
    staleTime: 60_000,
    queryFn: () => data(api.GET('/api/v1/people', { params: { query: { q: slow || undefined, limit: 30 } } })),
  }).data
  const accounts = useQuery({
    queryKey: ['directory', 'accounts', 'all'],
    enabled: may,
    staleTime: 60_000,
    queryFn: () => data(api.GET('/api/v1/accounts', { params: { query: { limit: 200 } } })),
  }).data
  const wanted = text.toLowerCase()
  const found: Option[] = [
    ...(people?.items ?? []).map((one) => ({ value: `@${one.handle}`, label: one.name, hint: `@${one.handle}` })),
    ...(accounts?.items ?? [])
      .filter((one) => `${one.name} ${one.handle}`.toLowerCase().includes(wanted))
      .map((one) => ({ value: `@${one.handle}`, label: one.name, hint: one.kind })),
  ]
  return chosen !== undefined && text === '' && !found.some((one) => one.value === chosen)
    ? [{ value: chosen, label: chosen }, ...found]
    : found
}
