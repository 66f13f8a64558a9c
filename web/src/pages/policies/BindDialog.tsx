import { MultiSelect, SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { newKey, type Schemas } from '~/api/client'
import type { OwnAct } from '~/parts/ownAct'
import { capital, reachWords } from '~/parts/ruleWords'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { Note } from '~/ui/Note'
import { LEVELS } from './form'
import { actionsQuery, clustersQuery, environmentsQuery, projectsQuery, type Template } from './queries'

interface BindDialogProps {
  template: Template
  opened: boolean
  onClose: () => void
  act: OwnAct<{ body: Schemas['PolicyChangesBindingForm']; key: string }>
}

/** Whether an action on one level is within what is bound on another: the server refuses to narrow a binding to others. */
function reachable(bound: string, performed: string): boolean {
  if (bound === 'organization') return true
  if (bound === 'project') return performed !== 'organization'
  return performed === 'environment' || performed === 'cluster'
}

/** Where to bind a policy: the level, the thing, and which of its actions. */
export function BindDialog({ template, opened, onClose, act }: BindDialogProps) {
  const levels = LEVELS.filter((level) => (template.scope ?? []).includes(level))
  const [level, setLevel] = useState<string>(levels[0] ?? 'organization')
  const [byName, setByName] = useState(true)
  const [target, setTarget] = useState<string | null>(null)
  const [name, setName] = useState<string | null>(null)
  const [only, setOnly] = useState<string[]>([])
  const [tried, setTried] = useState(false)
  useEffect(() => {
    if (opened) setTried(false)
  }, [opened])

  const environments = useQuery({ ...environmentsQuery, enabled: opened }).data?.items ?? []
  const projects = useQuery({ ...projectsQuery, enabled: opened }).data?.items ?? []
  const clusters = useQuery({ ...clustersQuery, enabled: opened }).data?.items ?? []
  const all = useQuery({ ...actionsQuery, enabled: opened }).data?.items ?? []
  const actions = all.filter((one) => reachable(level, one.level))

  const things =
    level === 'project'
      ? projects.map((one) => ({ value: one.id, label: one.name }))
      : level === 'cluster'
        ? clusters.map((one) => ({ value: one.id, label: one.name }))
        : environments.map((one) => ({ value: one.id, label: one.path }))
  const names = [...new Set(environments.map((one) => one.name))]
  const groups = [...new Set(actions.map((one) => one.group))]
  const across = level === 'environment' && byName
  const body: Schemas['PolicyChangesBindingForm'] = {
    templateId: template.id,
    level,
    targetId: level === 'organization' || across ? undefined : (target ?? undefined),
    environmentName: across ? (name ?? undefined) : undefined,
    actions: only.length > 0 ? only : undefined,
  }
  const missing = level !== 'organization' && (across ? !name : !target)
  const targetName = things.find((one) => one.value === target)?.label

  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={`Bind ${template.name} to…`}
      verb="Bind"
      refused="It was not bound."
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setTried(true)
        if (!missing) act.run({ body, key: newKey() })
      }}
    >
      {levels.length > 1 ? (
        <SegmentedControl
          fullWidth
          aria-label="The level"
          value={level}
          onChange={(next) => {
            setLevel(next)
            setTarget(null)
            setOnly([])
          }}
          data={levels.map((one) => ({ value: one, label: capital(one) }))}
        />
      ) : null}
      {level === 'environment' ? (
        <SegmentedControl
          mt="md"
          aria-label="Which environments"
          value={byName ? 'name' : 'one'}
          onChange={(next) => setByName(next === 'name')}
          data={[
            { value: 'name', label: 'Every environment with a name' },
            { value: 'one', label: 'One environment' },
          ]}
        />
      ) : null}
      {level === 'organization' ? null : across ? (
        <Select
          mt="md"
          label="Name of the environments"
          placeholder="production"
          searchable
          data={names}
          value={name}
          onChange={setName}
          error={fault(act.error, 'environmentName') ?? (tried && !name ? 'Say which name.' : undefined)}
        />
      ) : (
        <Select
          mt="md"
          label={capital(level)}
          placeholder={level === 'organization' || level === 'environment' ? `Search an ${level}` : `Search a ${level}`}
          searchable
          data={things}
          value={target}
          onChange={setTarget}
          nothingFoundMessage={`No ${level} is called that.`}
          error={fault(act.error, 'targetId') ?? (tried && !target ? `Say which ${level}.` : undefined)}
        />
      )}
      <MultiSelect
        mt="md"
        label="Only these actions"
        description="Left empty, it guards every protected action of this level and below."
        placeholder={only.length === 0 ? 'every protected action' : undefined}
        searchable
        hidePickedOptions
        data={groups.map((group) => ({ group: capital(group), items: actions.filter((one) => one.group === group).map((one) => ({ value: one.id, label: one.title })) }))}
        value={only}
        onChange={setOnly}
        error={fault(act.error, 'actions')}
      />
      {missing ? null : (
        <Note title="It will guard:">{reachWords({ ...body, targetName }, Object.fromEntries(actions.map((one) => [one.id, one.title])))}</Note>
      )}
      {fault(act.error, 'level') ? <Note tone="bad">{fault(act.error, 'level')}</Note> : null}
    </FormDialog>
  )
}
