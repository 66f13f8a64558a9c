import { Button, Group, Select, Textarea, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, data } from '~/api/client'
import type { Me } from '~/app/session'
import { actionsQuery, clustersQuery, environmentsQuery, organizationQuery, projectsQuery } from '~/pages/policies/queries'
import { RiskTag } from '~/parts/RiskTag'
import { capital } from '~/parts/ruleWords'
import { Card } from '~/ui/Card'
import { fault } from '~/ui/fault'
import { useNow } from '~/ui/useNow'
import classes from './Simulator.module.css'
import type { Ask } from './SimulatorPage'
import { localInput, momentsOf } from './moments'

interface AskSheetProps {
  ask: Ask
  me: Me
  onChange: (part: Ask) => void
  error: unknown
  subjectName: string | undefined
}

/** The ask as a form: what, on what, by whom, why, and when. */
export function AskSheet({ ask, me, onChange, error, subjectName }: AskSheetProps) {
  const actions = useQuery(actionsQuery).data?.items ?? []
  const action = actions.find((one) => one.id === ask.action)
  const groups = [...new Set(actions.map((one) => one.group))]
  const risks = new Map(actions.map((one) => [one.id, one.risk]))

  return (
    <Card title="The ask">
      <Select
        label="Action"
        placeholder="Search an action"
        searchable
        data={groups.map((group) => ({
          group: capital(group),
          items: actions.filter((one) => one.group === group).map((one) => ({ value: one.id, label: one.title })),
        }))}
        renderOption={({ option }) => (
          <span className={classes.option}>
            {option.label} <RiskTag risk={(risks.get(option.value) ?? 'low').toLowerCase()} />
          </span>
        )}
        value={ask.action ?? null}
        onChange={(id) => onChange({ action: id ?? undefined, resource: undefined })}
        error={fault(error, 'action')}
        description={action?.description}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      {action ? <ResourcePicker level={action.level} alsoOrganization={action.onOrganization} value={ask.resource} onChange={(resource) => onChange({ resource })} error={error} /> : null}
      <SubjectPicker value={ask.subject} me={me} known={subjectName} onChange={(subject) => onChange({ subject })} error={fault(error, 'subject')} />
      <Reason value={ask.reason ?? ''} onChange={(reason) => onChange({ reason })} />
      <When at={ask.at} onChange={(at) => onChange({ at })} error={fault(error, 'at')} />
    </Card>
  )
}

interface ResourcePickerProps {
  level: string
  alsoOrganization: boolean
  value: string | undefined
  onChange: (resource: string | undefined) => void
  error: unknown
}

function ResourcePicker({ level, alsoOrganization, value, onChange, error }: ResourcePickerProps) {
  const organization = useQuery(organizationQuery).data
  const environments = useQuery({ ...environmentsQuery, enabled: level === 'environment' }).data?.items ?? []
  const projects = useQuery({ ...projectsQuery, enabled: level === 'project' }).data?.items ?? []
  const clusters = useQuery({ ...clustersQuery, enabled: level === 'cluster' }).data?.items ?? []
  const whole = { value: 'organization:', label: organization ? `${organization.name} (the organization)` : 'The organization' }
  const only = level === 'organization'
  useEffect(() => {
    if (only && !value) onChange('organization:')
  })
  const things = [
    ...(only || alsoOrganization ? [whole] : []),
    ...environments.map((one) => ({ value: `environment:${one.id}`, label: one.path })),
    ...projects.map((one) => ({ value: `project:${one.id}`, label: one.name })),
    ...clusters.map((one) => ({ value: `cluster:${one.id}`, label: one.name })),
  ]
  return (
    <Select
      mt="sm"
      label={only ? 'On' : `On which ${level}`}
      placeholder={level === 'environment' ? 'Search an environment' : `Search a ${level}`}
      searchable
      data={things}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      nothingFoundMessage={`No ${level} is called that.`}
      error={fault(error, 'resource.id', 'resource.type', 'resource')}
    />
  )
}

interface SubjectPickerProps {
  value: string | undefined
  me: Me
  known: string | undefined
  onChange: (subject: string | undefined) => void
  error: string | undefined
}

function SubjectPicker({ value, me, known, onChange, error }: SubjectPickerProps) {
  const [text, setText] = useState('')
  const [slow] = useDebouncedValue(text.trim(), 200)
  const people = useQuery({
    queryKey: ['directory', 'people', 'found', slow],
    queryFn: () => data(api.GET('/api/v1/people', { params: { query: { q: slow, limit: 20 } } })),
    placeholderData: (before) => before,
  }).data?.items
  const accounts = useQuery({
    queryKey: ['directory', 'accounts', 'all'],
    queryFn: () => data(api.GET('/api/v1/accounts', { params: { query: { limit: 200 } } })),
    staleTime: 30_000,
  }).data?.items
  const persons = (people ?? []).filter((one) => one.id !== me.id).map((one) => ({ value: one.id, label: one.name }))
  const machines = (accounts ?? []).map((one) => ({ value: one.id, label: one.name }))
  const chosen = value ?? me.id
  const found = [me.id, ...persons.map((one) => one.value), ...machines.map((one) => one.value)].includes(chosen)
  return (
    <Select
      mt="sm"
      label="Who asks"
      searchable
      data={[
        { group: 'You', items: [{ value: me.id, label: `${me.name} (you)` }] },
        { group: 'People', items: [...persons, ...(found ? [] : [{ value: chosen, label: known ?? chosen }])] },
        { group: 'Service accounts and agents', items: machines },
      ]}
      value={chosen}
      onChange={(next) => onChange(next === me.id ? undefined : (next ?? undefined))}
      onSearchChange={setText}
      allowDeselect={false}
      nothingFoundMessage="Nobody is called that."
      error={error}
    />
  )
}

function Reason({ value, onChange }: { value: string; onChange: (reason: string | undefined) => void }) {
  const [text, setText] = useState(value)
  const tell = useDebouncedCallback((next: string) => onChange(next || undefined), 350)
  useEffect(() => setText((now) => (now.trim() === value.trim() ? now : value)), [value])
  return (
    <Textarea
      mt="sm"
      label="Reason"
      placeholder="none"
      autosize
      minRows={1}
      maxRows={5}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        tell(event.currentTarget.value)
      }}
    />
  )
}

function When({ at, onChange, error }: { at: string | undefined; onChange: (at: string | undefined) => void; error: string | undefined }) {
  const now = useNow(60)
  const zone = useQuery(organizationQuery).data?.zone ?? 'UTC'
  const local = at && at !== 'now' ? localInput(Date.parse(at)) : ''
  return (
    <>
      <TextInput
        mt="sm"
        type="datetime-local"
        label="When"
        description={local ? 'On your own clock.' : 'Now, until you choose a moment.'}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={local}
        error={error}
        onChange={(event) => {
          const moment = Date.parse(event.currentTarget.value)
          onChange(Number.isNaN(moment) ? 'now' : new Date(moment).toISOString())
        }}
      />
      <Group gap={4} mt={6} role="group" aria-label="Moments of the week">
        <Button size="compact-xs" variant={local ? 'default' : 'light'} aria-pressed={!local} onClick={() => onChange('now')}>
          Now
        </Button>
        {momentsOf(now, zone).map((one) => (
          <Button key={one.label} size="compact-xs" variant="default" onClick={() => onChange(new Date(one.at).toISOString())}>
            {one.label}
          </Button>
        ))}
      </Group>
    </>
  )
}
