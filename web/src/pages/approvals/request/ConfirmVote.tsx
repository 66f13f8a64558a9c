import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { VisibleText } from '~/parts/VisibleText'
import { Refusal } from './Refusal'
import { type Detail, titleOf } from './shape'

interface ConfirmVoteProps {
  opened: boolean
  onClose: () => void
  request: Detail
  busy: boolean
  error: unknown
  approve: () => void
}

/** Whether approving asks once more: the more dangerous the action, the more it takes. */
export function confirmationOf(risk: string): 'none' | 'dialog' | 'name' {
  return risk === 'critical' ? 'name' : risk === 'high' ? 'dialog' : 'none'
}

const KINDS: Record<string, string> = {
  cluster: "cluster's name",
  environment: "environment's name",
  project: "project's name",
  organization: "organization's name",
}

/** The second question before a dangerous approval. */
export function ConfirmVote({ opened, onClose, request, busy, error, approve }: ConfirmVoteProps) {
  const [typed, setTyped] = useState('')
  const named = confirmationOf(request.action.risk) === 'name'
  const ready = !named || typed.trim() === request.resource.name
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) approve()
  }
  const then = request.ifYouApprove
  return (
    <Modal
      opened={opened}
      onClose={() => {
        setTyped('')
        onClose()
      }}
      title={named ? 'Approve a critical action?' : 'Approve a high-risk action?'}
    >
      <form onSubmit={submit}>
        <p>
          <strong>
            <VisibleText>{titleOf(request)}</VisibleText>
          </strong>
          {then?.startsAtOnce
            ? '. It starts as soon as you approve.'
            : then?.completesRequest
              ? `. Yours is the last approval: ${request.subject.name} may then run it.`
              : '. Others have to agree as well before it can run.'}
        </p>
        {named ? (
          <TextInput
            label={`Type the ${KINDS[request.resource.type] ?? "resource's name"}`}
            description={
              <>
                <code>{request.resource.name}</code>
              </>
            }
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        ) : null}
        {error ? <Refusal error={error} vote="approve" request={request.number} again={approve} /> : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button type="submit" loading={busy} disabled={!ready} data-autofocus={named ? undefined : true}>
            Approve
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
