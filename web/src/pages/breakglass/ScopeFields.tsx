import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '~/app/session'
import { actionsQuery, clustersQuery, environmentsQuery, projectsQuery } from '~/parts/places'
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
  const groups = [
    { group: 'Environments', items: environments.map((one) => ({ value: `environment:${one.id}`, label: one.path })) },
    { group: 'Clusters', items: clusters.map((one) => ({ value: `cluster:${one.id}`, label: one.name })) },
    { group: 'Wide: whole projects', items: projects.map((one) => ({ value: `project:${one.id}`, label: one.name })) },
    { group: 'Wide: everything', items: [{ value: `organization:${me.organization.id}`, label: me.organization.name }] },
  ].filter((one) => one.items.length > 0)
  return (
    <>
      <MultiSelect
        label="Actions"
        placeholder={actions.length === 0 ? 'Title or id' : undefined}
        description="Rules, roles, tokens, the audit log and sessions are never part of one."
        searchable
        clearable
        nothingFoundMessage="No action is called that."
        data={known.map((one) => ({ value: one.id, label: `${one.title} (${one.id})` }))}
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
        nothingFoundMessage="Nothing is called that."
        data={groups}
        value={resources}
        error={resourcesFault}
        onChange={(next) => onChange({ resources: next })}
      />
    </>
  )
}
