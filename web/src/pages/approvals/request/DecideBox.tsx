import { Button, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useKeys } from '~/app/keys'
import { Card } from '~/ui/Card'
import { ConfirmVote, confirmationOf } from './ConfirmVote'
import classes from './Decide.module.css'
import { Guide } from './Guide'
import { IfYouApprove } from './IfYouApprove'
import { RejectDialog } from './RejectDialog'
import type { Detail } from './shape'
import { useDecision } from './useDecision'
import { VoteForm } from './VoteForm'

interface DecideBoxProps {
  request: Detail
  me: string
  /** The digest of the change that is on the page; none while there is none to see. */
  shown?: string
  /** Why approving has to wait, in words. */
  wait?: string
  /** What happened since the page was opened. */
  news: ReactNode
}

/** The decision: what it would do, the note, and two buttons that wait for the server. */
export function DecideBox({ request, me, shown, wait, news }: DecideBoxProps) {
  const phone = useMediaQuery('(max-width: 43.99em)', false, { getInitialValueInEffect: false })
  const [drawer, setDrawer] = useState(false)
  const noteField = useRef<HTMLTextAreaElement>(null)
  const rejectButton = useRef<HTMLButtonElement>(null)
  const toNote = () => setTimeout(() => noteField.current?.focus(), 50)
  const decision = useDecision(request, me, shown, wait, () => setDrawer(false), toNote)
  const toDecision = () => (phone ? setDrawer(true) : noteField.current?.focus())
  const toReject = () => rejectButton.current?.focus()
  useKeys([
    { keys: 'a', does: 'go to the decision', run: toDecision },
    { keys: 'd', does: 'go to the reject button', run: toReject },
  ])
  // Whoever pressed A or D in the inbox has come for this.
  const { hash } = useLocation()
  useEffect(() => {
    if (hash === 'decide') toDecision()
    else if (hash === 'reject') toReject()
  }, [hash])
  const form = <VoteForm decision={decision} request={request.number} noteField={noteField} wait={wait} />
  const reject = (
    <Button ref={rejectButton} variant="default" className={classes.reject} onClick={() => decision.ask('reject')}>
      Reject…
    </Button>
  )
  const approve = (
    <Button
      className={classes.approve}
      loading={decision.busy && decision.last === 'approve'}
      disabled={wait !== undefined || decision.tooLong}
      onClick={decision.approve}
    >
      Approve{confirmationOf(request.action.risk) === 'none' ? '' : '…'} {phone ? null : <kbd className={classes.kbd}>Ctrl ↵</kbd>}
    </Button>
  )
  const bound = <p className={classes.bound}>Counts only for the change shown here. If it changes, approvals start again.</p>
  return (
    <>
      {phone ? (
        <>
          <section className={classes.phone}>
            <h2 className="visually-hidden">Your decision</h2>
            {news}
            <IfYouApprove request={request} />
            <Guide />
          </section>
          <div className={classes.bar}>
            {reject}
            <Button className={classes.approve} onClick={() => setDrawer(true)}>
              Approve…
            </Button>
          </div>
          <Drawer opened={drawer} onClose={() => setDrawer(false)} position="bottom" classNames={{ content: classes.drawer }} title={`Approve ${request.number}`}>
            {form}
            <div className={classes.buttons}>{approve}</div>
            {bound}
          </Drawer>
        </>
      ) : (
        <div className="no-print">
          <Card
            title="Your decision"
            tone="yours"
            aside={
              <span className="no-print">
                press <kbd>A</kbd> or <kbd>D</kbd>
              </span>
            }
          >
            {news}
            <IfYouApprove request={request} />
            {form}
            <div className={classes.buttons}>
              {reject}
              {approve}
            </div>
            {bound}
            <Guide />
          </Card>
        </div>
      )}
      <ConfirmVote request={request} decision={decision} />
      <RejectDialog request={request} decision={decision} />
    </>
  )
}
