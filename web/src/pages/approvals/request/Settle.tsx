import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { SettleOutcome } from '~/parts/SettleOutcome'
import { Note } from '~/ui/Note'
import type { Detail } from './shape'

/** Where nobody has told how an execution went, who is concerned says it, with a reason. */
export function Settle({ request }: { request: Detail }) {
  const [opened, dialog] = useDisclosure(false)
  const { execution } = request
  if (!execution?.outcomeUnknown) return null
  return (
    <Note tone="pending" title="Look what happened, and write it down.">
      Until somebody does, nobody knows whether it is safe to ask again.
      {execution.canSettle ? (
        <div>
          <Button size="xs" variant="default" mt={6} className="no-print" onClick={dialog.open}>
            Settle the outcome…
          </Button>
        </div>
      ) : (
        <div>Who asked, who owns the asking account, and who may revoke grants can do that.</div>
      )}
      <SettleOutcome executionId={execution.executionId} opened={opened} onClose={dialog.close} title={`How did ${request.number} go?`} />
    </Note>
  )
}
