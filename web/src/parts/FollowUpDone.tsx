import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '~/api/client'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import type { FollowUp } from './FollowUpRow'

/** Notes that a follow-up is done, with what is to be said about it. */
export function FollowUpDone({ one, onClose }: { one: FollowUp; onClose: () => void }) {
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const act = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/follow-ups/{followUp}/completion', {
        params: { path: { followUp: one.id } },
        body: { note: note.trim() || undefined },
      }),
    onSuccess: async () => {
      await Promise.all(['follow-ups', 'requests'].map((room) => client.invalidateQueries({ queryKey: [room] })))
      onClose()
    },
  })
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Mark as done"
      verb="Mark as done"
      onSubmit={() => act.mutate()}
      busy={act.isPending}
      error={act.error ?? undefined}
      refused="It is still open."
    >
      <p style={{ marginTop: 0 }}>
        {one.text} <span style={{ color: 'var(--cs-dim)' }}>(after {one.request})</span>
      </p>
      <Textarea
        label="What was done"
        description="Whoever asked for it reads this. A link is enough."
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1000}
        value={note}
        error={fault(act.error, 'note')}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}
