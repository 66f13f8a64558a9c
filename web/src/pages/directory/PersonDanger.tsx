import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'

/** What takes somebody's access away: for a while, or for good. */
export function PersonDanger({ person }: { person: Schemas['PeoplePersonView'] }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, ask] = useState<'switch' | 'remove'>()
  const version = { 'If-Match': `"${person.version}"` }
  const change = useMutation({
    mutationFn: () => api.PATCH('/api/v1/people/{id}', { params: { path: { id: person.id }, header: version }, body: { active: !person.active } }),
    onSuccess: () => {
      ask(undefined)
      return client.invalidateQueries({ queryKey: ['directory'] })
    },
  })
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/v1/people/{id}', { params: { path: { id: person.id }, header: version } }),
    onSuccess: async () => {
      await navigate({ to: paths.people })
      await client.invalidateQueries({ queryKey: ['directory'] })
    },
  })
  const open = (what: 'switch' | 'remove') => {
    change.reset()
    remove.reset()
    ask(what)
  }
  return (
    <Card title="Access">
      <Group gap={6}>
        <Button variant="default" onClick={() => open('switch')}>
          {person.active ? 'Deactivate…' : 'Activate…'}
        </Button>
        <Button variant="outline" color="bad" onClick={() => open('remove')}>
          Remove…
        </Button>
      </Group>
      <Confirm
        opened={asking === 'switch'}
        onClose={() => ask(undefined)}
        title={person.active ? `Deactivate ${person.name}?` : `Activate ${person.name}?`}
        verb={person.active ? 'Deactivate' : 'Activate'}
        tone={person.active ? 'bad' : 'plain'}
        onConfirm={() => change.mutate()}
        busy={change.isPending}
        error={change.error}
      >
        {person.active
          ? `${person.name} is signed out everywhere and all tokens end. Votes on pending requests no longer count. Roles and teams stay, and it can be undone.`
          : `${person.name} can sign in again, with the same roles and teams. Tokens that ended stay ended.`}
      </Confirm>
      <Confirm
        opened={asking === 'remove'}
        onClose={() => ask(undefined)}
        title={`Remove ${person.name} for good?`}
        verb="Remove"
        tone="bad"
        typed={{ text: person.handle, label: 'The person’s handle' }}
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
        error={remove.error}
      >
        Roles, teams, sessions and tokens end at once. This cannot be undone; the audit log keeps what {person.name} did.
      </Confirm>
    </Card>
  )
}
