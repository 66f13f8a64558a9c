import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMay } from '~/app/session'
import { Card } from '~/ui/Card'
import { Note } from '~/ui/Note'
import { CancelRequest } from './CancelRequest'
import classes from './Decide.module.css'
import { Remind } from './Remind'
import type { Detail } from './shape'
import { standing } from './verdict'

/** What who asked can do while others decide: remind them, give it up, or ask for something better. */
export function YourRequest({ request, me }: { request: Detail; me: string }) {
  const may = useMay('requests-cancel')
  const [cancelling, question] = useDisclosure(false)
  return (
    <Card title="Your request" tone="yours">
      <Remind request={request} me={me} />
      {may ? (
        <>
          <Button variant="default" className={`${classes.reject} no-print`} fullWidth onClick={question.open}>
            Cancel the request…
          </Button>
          <p className={classes.bound}>
            To ask again with another change, ask from where you asked at first and name <code>supersedes: {request.number}</code>. This one is then
            replaced, and approvals start again.
          </p>
        </>
      ) : (
        <Note>{standing(request)}</Note>
      )}
      <CancelRequest request={request} opened={cancelling} onClose={question.close} />
    </Card>
  )
}
