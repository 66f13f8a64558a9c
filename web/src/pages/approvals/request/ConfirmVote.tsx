import { useState } from 'react'
import { Problem } from '~/api/client'
import { VisibleText } from '~/parts/VisibleText'
import { Confirm } from '~/ui/Confirm'
import { PasswordAgain } from './PasswordAgain'
import { Refusal } from './Refusal'
import type { Detail } from './shape'
import type { Decision } from './useDecision'

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
export function ConfirmVote({ request, decision }: { request: Detail; decision: Decision }) {
  const [tried, setTried] = useState(false)
  const risk = confirmationOf(request.action.risk)
  const then = request.ifYouApprove
  const { error } = decision
  const ofPassword = error instanceof Problem && error.code === 'wrong-password'
  return (
    <Confirm
      opened={decision.asking === 'confirm'}
      onClose={() => decision.ask(undefined)}
      title={risk === 'name' ? 'Approve a critical action?' : 'Approve a high-risk action?'}
      verb="Approve"
      typed={risk === 'name' ? { text: request.resource.name, label: KINDS[request.resource.type] ?? "The resource's name" } : undefined}
      busy={decision.busy}
      onConfirm={() => {
        setTried(true)
        if (!decision.password.needed || decision.password.value !== '') decision.confirmed()
      }}
    >
      <p>
        <strong>
          <VisibleText>{request.title}</VisibleText>
        </strong>
        {then?.startsAtOnce
          ? '. It starts as soon as you approve.'
          : then?.completesRequest
            ? `. Yours is the last approval: ${request.subject.name} may then run it.`
            : '. Others have to agree as well before it can run.'}
      </p>
      {error && !ofPassword ? <Refusal error={error} vote="approve" request={request.number} again={decision.confirmed} /> : null}
      <PasswordAgain decision={decision} tried={tried} />
    </Confirm>
  )
}
