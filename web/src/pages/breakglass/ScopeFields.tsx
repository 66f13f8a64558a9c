import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '~/app/session'
import { actionsQuery, clustersQuery, environmentsQuery, projectsQuery } from '~/parts/places'
import { type Chain, givenQuery, offeredActions, offersPlace } from './given'
import type { ScopeForm } from './shape'

/** What was chosen, as the API takes it; a thing is `type:id` while it is chosen. */
export function scopeForm(actions: string[], resources: string[]): ScopeForm {
  return {
    actions,
    resources: resources.map((one) => {
      const at = one.indexOf(':')
      return { type: one.slice(0, at), id: one.slice(at + 1) }
    }),
  }
}

interface ScopeFieldsProps {
  actions: string[]
  resources: string[]
  actionsFault: string | undefined
  resourcesFault: string | undefined
  onChange: (part: { actions?: string[]; resources?: string[] }) => void
}

/** Which actions on which things: single environments and clusters first, what is wide last. */
export function ScopeFields({ actions, resources, actionsFault, resourcesFault, onChange }: ScopeFieldsProps) {
  const me = useMe()
  const known = useQuery(actionsQuery).data?.items ?? []
  const environments = useQuery(environmentsQuery).data ?? []
  const clusters = useQuery(clustersQuery).data ?? []
  const projects = useQuery(projectsQuery).data ?? []
  const given = useQuery(givenQuery(me.id)).data?.items
  const above = me.organization.id
  const places = [
    ...environments.map((one) => ({ group: 'Environments', value: `environment:${one.id}`, label: one.path, chain: [one.id, one.projectId, above] })),
    ...clusters.map((one) => ({ group: 'Clusters', value: `cluster:${one.id}`, label: one.name, chain: [one.id, above] })),
    ...projects.map((one) => ({ group: 'Wide: whole projects', value: `project:${one.id}`, label: one.name, chain: [one.id, above] })),
    { group: 'Wide: everything', value: `organization:${above}`, label: me.organization.name, chain: [above] },
  ]
  const chainOf = (value: string): Chain => places.find((one) => one.value === value)?.chain ?? []
  const offered = offeredActions(
    given,
    known.map((one) => one.id),
    resources.map(chainOf),
  )
  const shown = places.filter((one) => resources.includes(one.value) || offersPlace(given, one.chain, actions))
  const groups = [...new Set(shown.map((one) => one.group))].map((group) => ({ group, items: shown.filter((one) => one.group === group).map(({ value, label }) => ({ value, label })) }))
  return (
    <>
      <MultiSelect
        label="Actions"
        placeholder={actions.length === 0 ? 'Title or id' : undefined}
        description={given ? 'Only what you were given the permission for.' : 'Rules, roles, tokens, the audit log and sessions are never part of one.'}
        searchable
        clearable
        nothingFoundMessage="No action that you may choose is called that."
        data={known.filter((one) => actions.includes(one.id) || offered.includes(one.id)).map((one) => ({ value: one.id, label: `${one.title} (${one.id})` }))}
        value={actions}
        error={actionsFault}
        onChange={(next) => onChange({ actions: next })}
      />
      <MultiSelect
        mt="sm"
        label="Resources"
        placeholder={resources.length === 0 ? 'Environments and clusters first' : undefined}
        searchable
        clearable
        nothingFoundMessage="Nothing that you may choose is called that."
        data={groups}
        value={resources}
        error={resourcesFault}
        onChange={(next) => onChange({ resources: next })}
      />
    </>
  )
}
