import { Radio, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { newKey } from '~/api/client'
import { VisibleText } from '~/parts/VisibleText'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { Note } from '~/ui/Note'
import { Time } from '~/ui/Time'
import { BypassedRules } from './ActionsTaken'
import classes from './Glass.module.css'
import { reviewSession, type SessionDetail } from './shape'
import { performed, verdictWords } from './words'

interface Verdict {
  verdict: string
  note: string
}

/** The review: a verdict for each action, with a note where it is not simply justified, and a sentence for the whole. */
export function ReviewSheet({ session, onClose }: { session: SessionDetail; onClose: () => void }) {
  const client = useQueryClient()
  const [summary, setSummary] = useState('')
  const [given, setGiven] = useState<Record<string, Verdict>>({})
  const [tried, setTried] = useState(false)
  const key = useRef(newKey())
  const give = (id: string, part: Partial<Verdict>) => {
    key.current = newKey()
    setGiven((before) => ({ ...before, [id]: { verdict: '', note: '', ...before[id], ...part } }))
  }
  const send = useMutation({
    mutationFn: () =>
      reviewSession(
        session.name,
        {
          summary: summary.trim(),
          verdicts: session.actions.flatMap((one) => {
            const said = given[one.id]
            return said?.verdict ? [{ actionId: one.id, verdict: said.verdict, note: said.note.trim() || undefined }] : []
          }),
        },
        key.current,
      ),
    onSuccess: () => {
      for (const room of ['breakglass', 'follow-ups', 'audit']) void client.invalidateQueries({ queryKey: [room] })
      onClose()
    },
  })
  const open = session.actions.filter((one) => !given[one.id]?.verdict).length
  const bare = session.actions.filter((one) => given[one.id]?.verdict && given[one.id]?.verdict !== 'justified' && !given[one.id]?.note.trim()).length
  const submit = () => {
    setTried(true)
    if (open === 0 && bare === 0 && summary.trim()) send.mutate()
  }
  return (
    <FormDialog as="drawer" opened onClose={onClose} title={`Review of ${session.name}`} verb="File the review" onSubmit={submit} busy={send.isPending} error={send.error ?? undefined} refused="The review was not filed.">
      <p className={classes.dim}>A review is not changed once it is filed.</p>
      {session.actions.length === 0 ? <Note title="Nothing was done in it.">Say in the summary whether it was right to open it.</Note> : null}
      {session.actions.map((one) => {
        const said = given[one.id] ?? { verdict: '', note: '' }
        return (
          <div key={one.id} className={classes.verdictRow}>
            <fieldset>
              <legend>
                <VisibleText>{performed(one)}</VisibleText>
              </legend>
              <div className={classes.dim}>
                <Time at={one.at} as="clock" /> by {one.subject.name}
              </div>
              <BypassedRules rules={one.bypassed} />
              <Radio.Group
                aria-label={`Verdict on ${performed(one)}`}
                value={said.verdict}
                onChange={(verdict) => give(one.id, { verdict })}
                error={tried && !said.verdict ? 'Choose a verdict.' : undefined}
              >
                <div style={{ display: 'flex', gap: '6px 16px', flexWrap: 'wrap', paddingTop: 8 }}>
                  {Object.entries(verdictWords).map(([id, words]) => (
                    <Radio key={id} size="xs" value={id} label={words} />
                  ))}
                </div>
              </Radio.Group>
              <Textarea
                mt="xs"
                label={said.verdict && said.verdict !== 'justified' ? 'Why' : 'Note (optional)'}
                autosize
                minRows={1}
                maxRows={6}
                value={said.note}
                error={tried && said.verdict && said.verdict !== 'justified' && !said.note.trim() ? 'Say why.' : undefined}
                onChange={(event) => give(one.id, { note: event.currentTarget.value })}
              />
            </fieldset>
          </div>
        )
      })}
      <Textarea
        mt="sm"
        label="What the review came to"
        autosize
        minRows={2}
        maxRows={8}
        value={summary}
        error={fault(send.error, 'summary') ?? (tried && !summary.trim() ? 'Say it in a sentence.' : undefined)}
        onChange={(event) => {
          key.current = newKey()
          setSummary(event.currentTarget.value)
        }}
      />
    </FormDialog>
  )
}
