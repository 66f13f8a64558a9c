import { IconChecks, IconHelpCircle, IconHourglass, IconKey, IconPlayerPlay, IconSend, IconSignature, IconUrgent, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { OutcomeLinks } from '~/parts/OutcomeLinks'
import { beganAtOnce } from '~/parts/requests'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Note } from '~/ui/Note'
import { Time } from '~/ui/Time'
import { duration } from '~/ui/time'
import classes from './Journey.module.css'
import type { Detail } from './shape'
import { count } from './words'

interface Step {
  icon: ReactNode
  tone: 'done' | 'bad' | 'waiting' | 'glass'
  name: string
  at?: string
  words: string
}

/** From the ask to the evidence: four times in a row. */
export function Journey({ request }: { request: Detail }) {
  const { outcome } = request
  return (
    <Card title="From approval to evidence" aside={outcome ? 'Outcome reported' : undefined}>
      <ol className={classes.steps}>
        {steps(request).map((step) => (
          <li key={step.name} className={classes.step} data-tone={step.tone}>
            <span className={classes.dot} aria-hidden>
              {step.icon}
            </span>
            <div className={classes.words}>
              <strong>{step.name}</strong>
              {step.at ? (
                <div>
                  <Time at={step.at} as="clock" />
                </div>
              ) : null}
              <div className={classes.dim}>{step.words}</div>
            </div>
          </li>
        ))}
      </ol>
      {outcome ? <Evidence outcome={outcome} /> : null}
    </Card>
  )
}

function steps(request: Detail): Step[] {
  const { grant, execution, outcome } = request
  const by = new Set(request.votes.filter((vote) => vote.vote === 'approve' && !vote.endedAt).map((vote) => vote.person.id)).size
  const over = request.state === 'grant-expired' || request.state === 'revoked'
  const good = outcome?.result === 'succeeded'
  const all: Step[] = [
    { icon: <IconSend size={14} />, tone: 'done', name: 'Asked', at: request.openedAt, words: `by ${request.subject.name}` },
    request.breakGlass
      ? { icon: <IconUrgent size={14} />, tone: 'glass', name: 'Permitted by break-glass', at: grant?.madeAt, words: `by session ${request.breakGlass.session}, approved by nobody` }
      : {
      icon: <IconSignature size={14} />,
      tone: 'done',
      name: 'Approved',
      at: grant?.madeAt,
      words: `by ${count(by, 'person', 'people')}, ${count(request.requirements.length, 'rule')}`,
    },
    execution
      ? { icon: <IconKey size={14} />, tone: 'done', name: 'Grant used', at: execution.at, words: `by ${execution.redeemer.name}, for exactly what was approved` }
      : over
        ? { icon: <IconHourglass size={14} />, tone: 'bad', name: request.state === 'revoked' ? 'Revoked' : 'Ran out', at: request.endedAt, words: 'never used' }
        : { icon: <IconKey size={14} />, tone: 'waiting', name: 'Grant not used yet', words: 'it works once' },
    outcome
      ? {
          icon: good ? <IconChecks size={14} /> : <IconX size={14} />,
          tone: good ? 'done' : 'bad',
          name: good ? 'Succeeded' : outcome.result === 'failed' ? 'Failed' : 'Not reported',
          at: outcome.at,
          words: execution ? `after ${duration(Date.parse(outcome.at) - Date.parse(execution.at))}` : '',
        }
      : execution
        ? request.execution?.outcomeUnknown
          ? { icon: <IconHelpCircle size={14} />, tone: 'bad', name: 'Outcome unknown', words: 'nobody has reported it' }
          : { icon: <IconPlayerPlay size={14} />, tone: 'waiting', name: 'Running', words: 'no outcome yet' }
        : { icon: <IconPlayerPlay size={14} />, tone: 'waiting', name: over ? 'Not executed' : 'Not executed yet', words: '' },
  ]
  return beganAtOnce(request) ? [...all.slice(0, 2), { icon: <IconPlayerPlay size={14} />, tone: 'done', name: 'Began at once', at: grant?.madeAt, words: 'with the approval' }] : all
}

function Evidence({ outcome }: { outcome: NonNullable<Detail['outcome']> }) {
  return (
    <Note
      tone={outcome.result === 'succeeded' ? 'good' : 'bad'}
      title={<VisibleText>{outcome.text ?? (outcome.result === 'succeeded' ? 'It succeeded.' : outcome.result === 'failed' ? 'It failed.' : 'Nobody reported how it went.')}</VisibleText>}
    >
      <OutcomeLinks link={outcome.link} artifacts={outcome.artifacts} />
    </Note>
  )
}
