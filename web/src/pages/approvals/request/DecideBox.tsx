import { Button, Drawer, Textarea, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useKeys } from '~/app/keys'
import { Card } from '~/ui/Card'
import { Note } from '~/ui/Note'
import { ConfirmVote, confirmationOf } from './ConfirmVote'
import classes from './Decide.module.css'
import { useDraft } from './draft'
import { Guide } from './Guide'
import { IfYouApprove } from './IfYouApprove'
import { Refusal } from './Refusal'
import { refused } from './refusal'
import { RejectDialog } from './RejectDialog'
import type { Detail } from './shape'
import { useVote } from './useVote'

const TEMPLATE = 'Decision: approve\nReason: \nRisk acknowledged: \nRequired follow-up: '
const MOST = 4000

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
  const [draft, change, clear] = useDraft(me, request.id)
  const [asking, setAsking] = useState<'confirm' | 'reject' | undefined>()
  const [drawer, setDrawer] = useState(false)
  const noteField = useRef<HTMLTextAreaElement>(null)
  const rejectButton = useRef<HTMLButtonElement>(null)
  const vote = useVote(request, shown ?? request.payloadDigest)
  const last = vote.variables?.vote ?? 'approve'
  const error = vote.isError ? vote.error : undefined
  const noteError = error && last === 'approve' && refused(error, last).ofNote ? refused(error, last) : undefined

  const cast = (kind: 'approve' | 'deny', note: string) =>
    vote.mutate(
      { vote: kind, note },
      {
        onSuccess: () => {
          clear()
          setAsking(undefined)
          setDrawer(false)
        },
        onError: (problem) => {
          if (kind === 'approve' && refused(problem, kind).ofNote) {
            setAsking(undefined)
            setTimeout(() => noteField.current?.focus(), 50)
          }
        },
      },
    )
  const approve = () => {
    if (wait || vote.isPending) return
    vote.reset()
    if (confirmationOf(request.action.risk) === 'none') cast('approve', draft.note)
    else setAsking('confirm')
  }
  const openReject = () => {
    vote.reset()
    setAsking('reject')
  }
  const submitKeys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      approve()
    }
  }
  useKeys([
    { keys: 'a', does: 'go to the decision', run: () => (phone ? setDrawer(true) : noteField.current?.focus()) },
    { keys: 'd', does: 'go to the reject button', run: () => rejectButton.current?.focus() },
  ])

  const form = (
    <>
      <div className={classes.noteHead}>
        <label htmlFor="decision-note">Note</label>
        <UnstyledButton
          className={classes.template}
          onClick={() => {
            change({ note: draft.note.trim() === '' ? TEMPLATE : `${draft.note.trimEnd()}\n${TEMPLATE}` })
            noteField.current?.focus()
          }}
        >
          Template
        </UnstyledButton>
      </div>
      <Textarea
        id="decision-note"
        ref={noteField}
        autosize
        minRows={4}
        maxRows={14}
        placeholder="What you checked, and what you expect"
        value={draft.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        onKeyDown={submitKeys}
        error={
          noteError
            ? noteError.words
            : [...draft.note].length > MOST
              ? `a note has at most 4,000 characters; this one has ${[...draft.note].length.toLocaleString('en')}`
              : undefined
        }
      />
      {error && !noteError && !asking ? <Refusal error={error} vote={last} request={request.number} again={() => cast(last, draft.note)} /> : null}
      {wait ? <Note tone="pending">{wait}</Note> : null}
    </>
  )
  const buttons = (inDrawer: boolean) => (
    <div className={classes.buttons}>
      {inDrawer ? null : (
        <Button ref={rejectButton} variant="default" className={classes.reject} onClick={openReject}>
          Reject…
        </Button>
      )}
      <Button
        className={classes.approve}
        loading={vote.isPending && last === 'approve'}
        disabled={wait !== undefined || [...draft.note].length > MOST}
        onClick={approve}
      >
        Approve{confirmationOf(request.action.risk) === 'none' ? '' : '…'} {phone ? null : <kbd className={classes.kbd}>Ctrl ↵</kbd>}
      </Button>
    </div>
  )
  const bound = <p className={classes.bound}>Counts only for the change shown here. If it changes, approvals start again.</p>
  return (
    <>
      {phone ? (
        <>
          <Card label="Your decision" tone="yours">
            {news}
            <IfYouApprove request={request} />
            <Guide />
            {bound}
          </Card>
          <div className={classes.bar}>
            <Button ref={rejectButton} variant="default" className={classes.reject} onClick={openReject}>
              Reject…
            </Button>
            <Button className={classes.approve} onClick={() => setDrawer(true)}>
              Approve…
            </Button>
          </div>
          <Drawer opened={drawer} onClose={() => setDrawer(false)} position="bottom" size="auto" title="Approve">
            {form}
            {buttons(true)}
          </Drawer>
        </>
      ) : (
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
          {buttons(false)}
          {bound}
          <Guide />
        </Card>
      )}
      <ConfirmVote
        opened={asking === 'confirm'}
        onClose={() => setAsking(undefined)}
        request={request}
        busy={vote.isPending}
        error={asking === 'confirm' ? error : undefined}
        approve={() => cast('approve', draft.note)}
      />
      <RejectDialog
        opened={asking === 'reject'}
        onClose={() => setAsking(undefined)}
        request={request.number}
        asker={request.subject.name}
        draft={draft}
        change={change}
        busy={vote.isPending}
        error={asking === 'reject' ? error : undefined}
        reject={(note) => cast('deny', note)}
      />
    </>
  )
}
