import { Checkbox, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, newKey, type Schemas } from '~/api/client'
import { teamsQuery } from '~/parts/Choose'
import { followedHandle } from '~/parts/handle'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'

interface TeamFormProps {
  opened: boolean
  onClose: () => void
  /** The team to edit; none to add one. */
  team?: Schemas['TeamsTeamView']
  /** Where a new one stands. */
  below?: string
}

/** A team to add or to edit; where it stands decides for whom its members count. */
export function TeamForm({ opened, onClose, team, below }: TeamFormProps) {
  const client = useQueryClient()
  const [handle, setHandle] = useState('')
  const [name, setName] = useState('')
  const [parent, setParent] = useState<string | null>(null)
  const [distinct, setDistinct] = useState(true)
  const [start, setStart] = useState({ key: newKey(), version: 0 })
  const teams = useQuery(teamsQuery).data?.items ?? []
  useEffect(() => {
    if (!opened) return
    setHandle('')
    setName(team?.name ?? '')
    setParent(team?.parentId ?? below ?? null)
    setDistinct(team?.countsAsDistinct ?? true)
    setStart({ key: newKey(), version: team?.version ?? 0 })
    save.reset()
    // Filled when it opens, and left alone while somebody types.
  }, [opened])
  const save = useMutation({
    mutationFn: async () => {
      if (team) {
        await api.PATCH('/api/v1/teams/{id}', {
          params: { path: { id: team.id }, header: { 'If-Match': `"${start.version}"` } },
          body: { name, parentId: parent ?? '', countsAsDistinct: distinct },
        })
      } else {
        await api.POST('/api/v1/teams', {
          params: { header: { 'Idempotency-Key': newKey() } },
          body: { handle: handle.trim().replace(/^@/, ''), name, parentId: parent ?? undefined, countsAsDistinct: distinct },
        })
      }
    },
    onSuccess: () => {
      onClose()
      return client.invalidateQueries({ queryKey: ['directory'] })
    },
  })
  const rename = (to: string) => {
    setHandle(followedHandle(handle, name, to))
    setName(to)
  }
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={team ? `Edit ${team.name}` : 'Add a team'}
      verb={team ? 'Save' : 'Add'}
      onSubmit={() => save.mutate()}
      busy={save.isPending}
      error={save.error}
      refused={team ? 'Nothing was saved.' : 'The team was not added.'}
    >
      <TextInput label="Name" data-autofocus required withAsterisk={false} value={name} error={fault(save.error, 'name')} onChange={(event) => rename(event.currentTarget.value)} />
      {team ? null : (
        <TextInput
          mt="sm"
          label="Handle"
          description="How policies and files name it; it stays."
          required
          withAsterisk={false}
          autoCapitalize="none"
          spellCheck={false}
          value={handle}
          error={fault(save.error, 'handle')}
          onChange={(event) => setHandle(event.currentTarget.value)}
        />
      )}
      <Select
        mt="sm"
        label="Stands below (optional)"
        description="Members of a team count for every team above it."
        searchable
        clearable
        data={teams.filter((one) => one.id !== team?.id).map((one) => ({ value: one.id, label: `${one.name} (@${one.handle})` }))}
        value={parent}
        error={fault(save.error, 'parentId')}
        onChange={setParent}
      />
      <Checkbox
        mt="md"
        label="Counts as a distinct team"
        description="Where a policy wants approvers of several teams. Leave it out for teams everybody is in."
        checked={distinct}
        onChange={(event) => setDistinct(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}
