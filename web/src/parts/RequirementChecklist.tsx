import { IconCircleCheckFilled, IconCircleDashed, IconCircleX, IconCircleXFilled, IconFileCertificate, IconUrgent } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Time } from '~/ui/Time'
import { Face } from './PersonChip'
import classes from './RequirementChecklist.module.css'

/** One line of the sheet: signed, rejected, or empty. */
export type ChecklistLine =
  | { kind: 'signed' | 'rejected'; id: string; name: string; who?: string; as?: string; at?: string; isYou: boolean }
  | { kind: 'bypassed'; words: string }
  | { kind: 'open'; label: string; closers: string; mine: boolean; impossible: boolean }

interface RequirementChecklistProps {
  name: ReactNode
  version: number
  /** What it demands, in words. */
  rule?: string
  description?: string
  met: boolean
  /** The request is over: nothing is missing any more. */
  over: boolean
  approvals: number
  needed: number
  lines: ChecklistLine[]
  children?: ReactNode
}

/** One requirement as a sheet with signature lines: who signed, what is missing, and who could close it. */
export function RequirementChecklist(props: RequirementChecklistProps) {
  const { met, over, approvals, needed } = props
  return (
    <section className={classes.sheet} data-met={met}>
      <header className={classes.head}>
        <IconFileCertificate size={16} className={classes.icon} aria-hidden />
        <h3 className={classes.name}>
          {props.name} <span className={classes.version}>v{props.version}</span>
        </h3>
        <span className={classes.count} data-tone={met ? 'good' : over ? 'over' : 'pending'}>
          {`${approvals} of ${needed}`}
          <span className="visually-hidden"> approvals, {met ? 'met' : over ? 'not met' : 'not met yet'}</span>
        </span>
      </header>
      {props.rule ? <p className={classes.rule}>{props.rule}</p> : null}
      {props.description ? <p className={classes.rule}>{props.description}</p> : null}
      <ul className={classes.lines}>
        {props.lines.map((line, at) => (
          <Line key={line.kind === 'open' || line.kind === 'bypassed' ? `${line.kind}-${at}` : `${line.id}-${at}`} line={line} over={over} />
        ))}
      </ul>
      {props.children}
    </section>
  )
}

function Line({ line, over }: { line: ChecklistLine; over: boolean }) {
  if (line.kind === 'bypassed') {
    return (
      <li className={classes.line} data-tone="bypassed">
        <IconUrgent size={16} className={classes.mark} aria-hidden />
        <span className={classes.words}>
          <strong>Passed over by break-glass.</strong> {line.words}
        </span>
      </li>
    )
  }
  if (line.kind === 'open') {
    const Icon = line.impossible ? IconCircleX : IconCircleDashed
    const tone = over ? 'over' : line.impossible ? 'impossible' : line.mine ? 'mine' : 'open'
    return (
      <li className={classes.line} data-tone={tone}>
        <Icon size={16} className={classes.mark} aria-hidden />
        <span className={classes.words}>
          <strong>
            {line.label}
            {over ? ' was missing' : line.mine ? ': ' : line.impossible ? ': ' : ' is missing'}
          </strong>
          {over ? null : line.impossible ? 'nobody can sign here now' : line.closers ? `${line.mine ? '' : ': '}${line.closers}` : null}
        </span>
      </li>
    )
  }
  const rejected = line.kind === 'rejected'
  const Icon = rejected ? IconCircleXFilled : IconCircleCheckFilled
  return (
    <li className={classes.line} data-tone={rejected ? 'rejected' : 'signed'}>
      <Icon size={16} className={classes.mark} aria-hidden />
      <Face id={line.id} name={line.name} kind={line.who} />
      <span className={classes.words}>
        <strong>{line.isYou ? 'You' : line.name}</strong>
        <span className="visually-hidden"> {rejected ? 'rejected' : 'approved'}</span>{' '}
        <span className={classes.dim}>
          {line.as ?? ''}
          {line.as && line.at ? ' · ' : ''}
          {line.at ? <Time at={line.at} /> : null}
        </span>
      </span>
    </li>
  )
}
