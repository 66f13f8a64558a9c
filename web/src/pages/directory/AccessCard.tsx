import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { paths } from '~/app/paths'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'

interface AccessCardProps {
  of: { name: string; handle: string; active: boolean }
  /** Whether it is activated from now on. */
  change: (active: boolean) => Promise<unknown>
  remove: () => Promise<unknown>
  /** The list that is gone to once it is removed. */
  list: typeof paths.people | typeof paths.accounts
  /** What its name is asked for as: "The person’s handle". */
  label: string
  words: { deactivate: string; activate: string; remove: string }
}

/** What takes the access of a person or an account away: for a while, or for good. */
export function AccessCard({ of, change, remove, list, label, words }: AccessCardProps) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, ask] = useState<'switch' | 'remove'>()
  const switching = useMutation({
    mutationFn: () => change(!of.active),
    onSuccess: () => {
      ask(undefined)
      return client.invalidateQueries({ queryKey: ['directory'] })
    },
  })
  const removing = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      await navigate({ to: list })
      await client.invalidateQueries({ queryKey: ['directory'] })
    },
  })
  const open = (what: 'switch' | 'remove') => {
    switching.reset()
    removing.reset()
    ask(what)
  }
  const verb = of.active ? 'Deactivate' : 'Activate'
  return (
    <Card title="Access">
      <Group gap={6}>
        <Button variant="default" onClick={() => open('switch')}>
          {verb}…
        </Button>
        <Button variant="outline" color="bad" onClick={() => open('remove')}>
          Remove…
        </Button>
      </Group>
      <Confirm
        opened={asking === 'switch'}
        onClose={() => ask(undefined)}
        title={`${verb} ${of.name}?`}
        verb={verb}
        tone={of.active ? 'bad' : 'plain'}
        onConfirm={() => switching.mutate()}
        busy={switching.isPending}
        error={switching.error}
      >
        {of.active ? words.deactivate : words.activate}
      </Confirm>
      <Confirm
        opened={asking === 'remove'}
        onClose={() => ask(undefined)}
        title={`Remove ${of.name} for good?`}
        verb="Remove"
        tone="bad"
        typed={{ text: of.handle, label }}
        onConfirm={() => removing.mutate()}
        busy={removing.isPending}
        error={removing.error}
      >
        {words.remove}
      </Confirm>
    </Card>
  )
}
