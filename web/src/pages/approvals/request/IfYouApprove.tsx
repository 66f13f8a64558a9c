import { IconCheck, IconCircleDashed, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Decide.module.css'
import type { Detail } from './shape'
import { joined, sentence } from './words'

/** What the reader's approval would do now, and what it would not. */
export function IfYouApprove({ request }: { request: Detail }) {
  const then = request.ifYouApprove
  if (!then) return null
  return (
    <div className={classes.then}>
      <h3 className={classes.thenTitle}>If you approve now</h3>
      <ul className={classes.thenList}>
        {then.completes.length > 0 ? (
          <Line icon={<IconCheck size={14} />}>
            <strong>Your approval completes {joined(then.completes)}</strong>
            {then.completesRequest ? ' and with it the request.' : '.'}
          </Line>
        ) : then.completesRequest ? (
          <Line icon={<IconCheck size={14} />}>
            <strong>Your approval completes the request.</strong>
          </Line>
        ) : (
          <Line icon={<IconCheck size={14} />}>Your approval counts, and completes no requirement yet.</Line>
        )}
        {then.stillNeeded.map((one) => (
          <Line key={one} icon={<IconCircleDashed size={14} />}>
            {sentence(one)}
          </Line>
        ))}
        {then.startsAtOnce ? (
          <Line icon={<IconPlayerPlay size={14} />}>
            <strong>It starts at once.</strong>
          </Line>
        ) : (
          <Line icon={<IconPlayerPause size={14} />}>
            {then.completesRequest ? `Nothing starts by itself: ${request.subject.name} may then run exactly this, once.` : 'Nothing is executed yet.'}
          </Line>
        )}
      </ul>
    </div>
  )
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li>
      <span aria-hidden className={classes.thenIcon}>
        {icon}
      </span>
      <span>{children}</span>
    </li>
  )
}
