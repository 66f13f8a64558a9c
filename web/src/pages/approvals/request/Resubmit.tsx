import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { ProblemNote } from '~/ui/ProblemNote'
import type { Detail } from './shape'

/** The asker puts it again, with a reason that says what has changed. */
export function Resubmit({ request, me }: { request: Detail; me: string }) {
  const may = useMay('requests-cancel')
  const navigate = useNavigate()
  const [opened, dialog] = useDisclosure(false)
  const [reason, setReason] = useState(request.reason ?? '')
  const resubmit = useMutation({
    mutationFn: () =>
      data(
        api.POST('/api/v1/requests/{request}/resubmission', {
          params: { path: { request: request.number } },
          body: { reason: reason.trim() === '' ? undefined : reason },
        }),
      ),
    onSuccess: (answer) => {
      dialog.close()
      const next = numberOf(answer)
      if (next) void navigate({ to: paths.request, params: { request: next }, search: { against: request.number } })
    },
  })
  if (request.subject.id !== me || !may) return null
  return (
    <div className="no-print">
      <Group gap="sm">
        <Button leftSection={<IconRefresh size={15} />} onClick={dialog.open}>
          Resubmit with changes
        </Button>
        <span style={{ color: 'var(--cs-dim)' }}>the new request will show what differs from this one</span>
      </Group>
      <Modal opened={opened} onClose={dialog.close} title={`Ask again for ${request.number}?`} size="lg">
        <p>
          This asks once more for the same bytes, with a new reason. When the change itself is mended, ask again from where you asked at
          first (pipeline, command line, API) and name <code>supersedes: {request.number}</code>; approvers then see what differs.
        </p>
        <Textarea
          label="Reason"
          description="Say what has changed since it was rejected."
          autosize
          minRows={3}
          maxRows={12}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {resubmit.isError ? <ProblemNote error={resubmit.error} what="Nothing was asked." /> : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={dialog.close}>
            Back
          </Button>
          <Button loading={resubmit.isPending} onClick={() => resubmit.mutate()}>
            Ask again
          </Button>
        </Group>
      </Modal>
    </div>
  )
}

function numberOf(answer: unknown): string | undefined {
  const request = (answer as { request?: { number?: string } | string }).request
  return typeof request === 'string' ? request : request?.number
}
