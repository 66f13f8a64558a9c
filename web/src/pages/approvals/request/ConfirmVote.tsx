import { VisibleText } from '~/parts/VisibleText'
import { Confirm } from '~/ui/Confirm'
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
  cluster: "The cluster's name",
  environment: "The environment's name",
  project: "The project's name",
  organization: "The organization's name",
}

/** The second question before a dangerous approval. */
export function ConfirmVote({ opened, onClose, request, busy, error, approve }: ConfirmVoteProps) {
  const named = confirmationOf(request.action.risk) === 'name'
  const then = request.ifYouApprove
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={named ? 'Approve a critical action?' : 'Approve a high-risk action?'}
      verb="Approve"
      typed={named ? { text: request.resource.name, label: KINDS[request.resource.type] ?? "The resource's name" } : undefined}
      busy={busy}
      onConfirm={approve}
    >
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
      {error ? <Refusal error={error} vote="approve" request={request.number} again={approve} /> : null}
    </Confirm>
  )
}
