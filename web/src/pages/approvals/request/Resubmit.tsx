import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { changedLine } from '~/parts/asking'
import { Copy } from '~/ui/Copy'
import { ProblemNote } from '~/ui/ProblemNote'
import type { Detail } from './shape'

/** The asker puts the same again, with a new reason; what was changed is asked from where it is made. */
export function Resubmit({ request, me }: { request: Detail; me: string }) {
  const may = useMay('requests-cancel')
  const navigate = useNavigate()
  const [opened, dialog] = useDisclosure(false)
  const [reason, setReason] = useState('')
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
  const line = changedLine(request.action.id, request.resource)
  if (request.subject.id !== me || !may) return null
  return (
    <div className="no-print">
      <Group gap="sm">
        <Button leftSection={<IconRefresh size={15} />} onClick={dialog.open}>
          Ask again…
        </Button>
        <span style={{ color: 'var(--cs-dim)' }}>as it was, or with a line to copy for what you have changed</span>
      </Group>
      <Modal opened={opened} onClose={dialog.close} title={`Ask again for ${request.number}?`} size="lg">
        <p>You changed something? Then ask with what it is now; approvers get it as a request of its own.</p>
        <div style={{ display: 'flex', gap: 8, alignItems: 'center', marginBottom: 12 }}>
          <pre tabIndex={0} style={{ margin: 0, overflowX: 'auto', minWidth: 0 }}>
            {line}
          </pre>
          <Copy text={line} what="line" />
        </div>
        <p>Nothing changed? Then it is asked once more for the very same bytes.</p>
        <Textarea
          label="Reason"
          description="Why it should be looked at again."
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
            Ask again as it was
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
