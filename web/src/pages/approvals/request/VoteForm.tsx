import { Textarea, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { Note } from '~/ui/Note'
import { useNow } from '~/ui/useNow'
import classes from './Decide.module.css'
import { FollowUpRows } from './FollowUpRows'
import { Refusal } from './Refusal'
import { refused } from './refusal'
import { type Decision, MOST } from './useDecision'

const TEMPLATE = 'Decision: approve\nReason: '

interface VoteFormProps {
  decision: Decision
  request: string
  noteField: RefObject<HTMLTextAreaElement | null>
  wait?: string
}

/** What an approver says: the note, the risk taken knowingly, what is to be done afterwards. */
export function VoteForm({ decision, request, noteField, wait }: VoteFormProps) {
  const { draft, change, error, last, asking } = decision
  const [opened, setOpened] = useState(draft.risk !== '' || draft.followUps.length > 0)
  const today = new Date(useNow(15)).toISOString().slice(0, 10)
  const ofNote = error && last === 'approve' && refused(error, last).ofNote ? refused(error, last) : undefined
  const length = [...draft.note].length
  const submitKeys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      decision.approve()
    }
  }
  const useTemplate = () => {
    change({ note: draft.note.trim() === '' ? TEMPLATE : `${draft.note.trimEnd()}\n${TEMPLATE}` })
    setOpened(true)
    noteField.current?.focus()
  }
  const Icon = opened ? IconChevronDown : IconChevronRight
  return (
    <div onKeyDown={submitKeys}>
      <div className={classes.noteHead}>
        <label htmlFor="decision-note">Note</label>
        <UnstyledButton className={classes.template} onClick={useTemplate}>
          Template
        </UnstyledButton>
      </div>
      <Textarea
        id="decision-note"
        ref={noteField}
        autosize
        minRows={3}
        maxRows={14}
        placeholder="What you checked, and what you expect"
        readOnly={asking !== undefined}
        value={draft.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        error={ofNote?.words ?? (length > MOST ? `A note has at most 4,000 characters; this one has ${length.toLocaleString('en')}.` : undefined)}
      />
      <UnstyledButton className={classes.guideToggle} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <Icon size={14} aria-hidden /> Risk acknowledged, required follow-up
      </UnstyledButton>
      {opened ? (
        <div className={classes.more}>
          <Textarea
            label="Risk acknowledged"
            autosize
            minRows={1}
            maxRows={6}
            readOnly={asking !== undefined}
            value={draft.risk}
            onChange={(event) => change({ risk: event.currentTarget.value })}
            error={[...draft.risk].length > MOST ? 'This has at most 4,000 characters.' : undefined}
          />
          <FollowUpRows rows={draft.followUps} onChange={(followUps) => change({ followUps })} today={today} tried={decision.tried} />
        </div>
      ) : null}
      {error && !ofNote && !asking ? <Refusal error={error} vote={last} request={request} again={decision.approve} /> : null}
      {wait ? <Note tone="pending">{wait}</Note> : null}
    </div>
  )
}
