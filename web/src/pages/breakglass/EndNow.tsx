import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Confirm } from '~/ui/Confirm'
import { fault } from '~/ui/fault'
import { endSession, type SessionDetail } from './shape'

/** The end of a session before its time. */
export function EndNow({ session, onClose }: { session: SessionDetail; onClose: () => void }) {
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const end = useMutation({
    mutationFn: () => endSession(session.name, note),
    onSuccess: () => {
      for (const room of ['breakglass', 'requests', 'counts', 'audit']) void client.invalidateQueries({ queryKey: [room] })
      onClose()
    },
  })
  const asked = session.state === 'requested'
  return (
    <Confirm
      opened
      onClose={onClose}
      title={asked ? `Withdraw ${session.name}?` : `End ${session.name} now?`}
      verb={asked ? 'Withdraw' : 'End now'}
      tone="bad"
      onConfirm={() => end.mutate()}
      busy={end.isPending}
      error={end.error ?? undefined}
    >
      {asked
        ? 'It is not opened any more, whatever its request comes to.'
        : 'The very next ask in it is refused, and grants of it that nobody has used are void. What runs already is not stopped. It cannot be opened again.'}
      <Textarea mt="md" label="Note (optional)" autosize minRows={2} maxRows={6} value={note} error={fault(end.error, 'note')} onChange={(event) => setNote(event.currentTarget.value)} />
    </Confirm>
  )
}
