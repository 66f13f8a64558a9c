import { Button, Group, Modal, Textarea } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { api, data, newKey } from '~/api/client'
import { paths } from '~/app/paths'
import { count, type Row, verdictOf } from '~/parts/requests'
import { RequestTitle } from '~/parts/RequestTitle'
import { RiskTag } from '~/parts/RiskTag'
import { Link } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import classes from './BulkDialog.module.css'
import { type Answer, answersInShort, answerWords, isSettled, type Offer } from './bulk'

interface BulkDialogProps {
  vote: 'approve' | 'deny'
  offer: Offer
  /** Called with the numbers that are settled; what was refused and is still open stays selected. */
  onDone: (settled: string[]) => void
  onClose: () => void
}

/** One note, one confirmation, and what became of each: several requests decided together. */
export function BulkDialog({ vote, offer, onDone, onClose }: BulkDialogProps) {
  const client = useQueryClient()
  const [rows] = useState(offer.together)
  const [note, setNote] = useState('')
  const key = useRef(newKey())
  const verb = vote === 'approve' ? 'Approve' : 'Reject'
  const act = useMutation({
    mutationFn: () =>
      data(
        api.POST('/api/v1/requests/votes', {
          params: { header: { 'Idempotency-Key': key.current } },
          body: {
            vote,
            note: note.trim() || undefined,
            items: rows.map((row) => ({ request: row.number, payloadDigest: row.payloadDigest })),
          },
        }),
      ),
    onSuccess: async (answer) => {
      onDone(answer.items.filter(isSettled).map((one) => one.request))
      await Promise.all(['requests', 'counts'].map((room) => client.invalidateQueries({ queryKey: [room] })))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!act.isPending) act.mutate()
  }
  const answers = act.data?.items
  return (
    <Modal opened onClose={onClose} title={answers ? answersInShort(answers, vote) : `${verb} ${count(rows.length, 'request')}?`} size={640} closeOnClickOutside={false}>
      {answers ? (
        <Answers rows={rows} answers={answers} vote={vote} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <Touched rows={rows} vote={vote} />
          {offer.alone.length > 0 ? (
            <Note title={`${count(offer.alone.length, 'selected request is', 'selected requests are')} left out:`}>
              {offer.alone.map((one) => `${one.row.number} (${one.why})`).join(', ')}.
            </Note>
          ) : null}
          <Textarea
            mt="md"
            autosize
            minRows={2}
            maxRows={8}
            label={vote === 'approve' ? 'Note for all of them' : 'Why, and what would make it right'}
            description={vote === 'approve' ? 'Where a policy asks for a reason, this is it.' : 'Their requesters read it; say what to change.'}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
            }}
            data-autofocus
          />
          {act.error ? <ProblemNote error={act.error} what="Nothing was decided." /> : null}
          <Group justify="flex-end" mt="lg" gap="sm">
            <Button variant="default" onClick={onClose}>
              Back
            </Button>
            <Button type="submit" color={vote === 'deny' ? 'bad' : undefined} loading={act.isPending}>
              {verb} {rows.length}
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  )
}

/** What each of them touches, and what the vote does to it. */
function Touched({ rows, vote }: { rows: Row[]; vote: 'approve' | 'deny' }) {
  return (
    <ul className={classes.list}>
      {rows.map((row) => (
        <li key={row.number} className={classes.item}>
          <RiskTag risk={row.action.risk.toLowerCase()} />
          <div>
            <div className={classes.title}>
              <RequestTitle row={row} />
            </div>
            <div className={classes.facts} data-prose>
              <Link to={paths.request} params={{ request: row.number }} target="_blank">
                {row.number}
              </Link>{' '}
              · {row.resource.name} · {row.subject.name} · <code title={row.payloadDigest}>{row.payloadDigest.replace(/^sha256:/, '').slice(0, 12)}</code>
            </div>
            <div className={classes.facts} data-prose>{vote === 'approve' ? verdictOf(row).detail : 'ends as denied'}</div>
          </div>
        </li>
      ))}
    </ul>
  )
}

interface AnswersProps {
  rows: Row[]
  answers: Answer[]
  vote: 'approve' | 'deny'
  onClose: () => void
}

function Answers({ rows, answers, vote, onClose }: AnswersProps) {
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  return (
    <>
      <p role="status" className="visually-hidden">
        {answersInShort(answers, vote)}
      </p>
      <ul className={classes.list}>
        {answers.map((answer) => {
          const row = byNumber.get(answer.request)
          const Icon = answer.status === 200 ? IconCircleCheck : IconCircleX
          return (
            <li key={answer.request} className={classes.item} data-ok={answer.status === 200}>
              <Icon size={18} aria-hidden className={classes.icon} />
              <div>
                <div className={classes.title}>{row ? <RequestTitle row={row} /> : answer.request}</div>
                <div className={classes.facts} data-prose>
                  <Link to={paths.request} params={{ request: answer.request }}>
                    {answer.request}
                  </Link>{' '}
                  · {answerWords(answer, vote)}
                </div>
              </div>
            </li>
          )
        })}
      </ul>
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </Group>
    </>
  )
}
