import { Button, Group, Select } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconClock, IconShieldLock, IconStack2 } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data, newKey, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMe } from '~/app/session'
import { heldRequests } from '~/parts/ownAct'
import { Link, LinkButton } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import classes from './FirstSteps.module.css'
import { firstPolicy, meetWords, type PresetId, presets } from './firstSteps'

const icons = { 'production-only': IconStack2, 'off-hours': IconClock, 'always-on': IconShieldLock } as const

interface PolicyStepProps {
  teams: Schemas['TeamsTeamView'][]
  environments: Schemas['ThingViewsEnvironmentView'][]
}

/** Three policies to begin with; the one that is chosen says whether these people can meet it, before it is made. */
export function PolicyStep({ teams, environments }: PolicyStepProps) {
  const me = useMe()
  const client = useQueryClient()
  const [preset, setPreset] = useState<PresetId>('production-only')
  const biggest = [...teams].sort((a, b) => b.memberCount - a.memberCount)[0]
  const [picked, setPicked] = useState<string>()
  const team = teams.find((one) => one.id === picked) ?? biggest
  const production = [...new Set(environments.filter((one) => one.tier === 'production').map((one) => one.name))]
  const chosen = presets.find((one) => one.id === preset)!
  const form = team ? firstPolicy(preset, team.id, production, me.organization.zone) : undefined

  const preview = useQuery({
    queryKey: ['policies', 'first', form, team?.memberCount],
    enabled: form !== undefined,
    placeholderData: keepPreviousData,
    queryFn: () => data(api.POST('/api/v1/previews', { body: { template: form! } })),
  })
  const act = useMutation({
    mutationFn: async () => {
      if (!form) return undefined
      const header = () => ({ header: { 'Idempotency-Key': newKey() } })
      const made = await api.POST('/api/v1/templates', { params: header(), body: form })
      const held = heldRequests(made)
      if (held) return held
      return heldRequests(await api.POST('/api/v1/bindings', { params: header(), body: { templateId: made.data!.id, level: 'organization' } }))
    },
    onSettled: () => Promise.all(['policies', 'requests'].map((room) => client.invalidateQueries({ queryKey: [room] }))),
  })
  if (!team) {
    return (
      <p className={classes.line}>
        First there must be a team whose people sign. <Link to={paths.teams}>Add a team</Link>
      </p>
    )
  }
  const met = preview.data ? preview.data.fewestApprovals !== undefined : undefined
  return (
    <>
      <fieldset className={classes.presets}>
        <legend className="visually-hidden">The first policy</legend>
        {presets.map((one) => {
          const Icon = icons[one.id]
          return (
            <label key={one.id} className={classes.preset} data-chosen={one.id === preset}>
              <input type="radio" name="preset" className="visually-hidden" checked={one.id === preset} onChange={() => setPreset(one.id)} />
              <Icon size={20} stroke={1.7} aria-hidden />
              <strong>{one.title}</strong>
              <small>{one.says(team.name)}</small>
            </label>
          )
        })}
      </fieldset>
      <div role="status" className={classes.met} data-ok={met}>
        {preview.data ? (
          <>
            {met ? <IconCircleCheck size={15} aria-hidden /> : <IconAlertTriangle size={15} aria-hidden />}
            {meetWords(chosen.title, preview.data.eligible, preview.data.fewestApprovals)}
          </>
        ) : null}
      </div>
      {preview.error ? <ProblemNote error={preview.error} what="It cannot be said whether your people can meet it." /> : null}
      <Group gap={10} align="flex-end" mt="sm">
        {teams.length > 1 ? (
          <Select label="Whose people sign" data={teams.map((one) => ({ value: one.id, label: one.name }))} value={team.id} allowDeselect={false} searchable onChange={(value) => setPicked(value ?? undefined)} />
        ) : null}
        {met === false ? null : (
          <Button onClick={() => act.mutate()} loading={act.isPending}>
            Start with {chosen.title.toLowerCase()}
          </Button>
        )}
        <LinkButton to={paths.newPolicy} search={{ preset }} variant="default">
          Look at it in the editor
        </LinkButton>
      </Group>
      {act.data ? (
        <Note tone="pending" title="This needs approval:" alert>
          {act.data.map((one) => (
            <Link key={one.id} to={paths.request} params={{ request: one.number }}>
              {one.number}
            </Link>
          ))}
        </Note>
      ) : null}
      {act.error ? <ProblemNote error={act.error} what="The policy was not put to work." /> : null}
    </>
  )
}
