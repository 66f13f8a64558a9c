import { paths } from '~/app/paths'
import { Deadline } from '~/parts/Deadline'
import { Face } from '~/parts/PersonChip'
import { badgeOf, beganAtOnce, nextStep, type Row } from '~/parts/requests'
import { RequestTitle } from '~/parts/RequestTitle'
import { RiskTag } from '~/parts/RiskTag'
import { StateBadge } from '~/parts/StateBadge'
import { VisibleText } from '~/parts/VisibleText'
import { Link } from '~/ui/Link'
import { Time } from '~/ui/Time'
import classes from './HomeRows.module.css'

/** What waits for me, the soonest deadline first. */
export function WaitingRows({ rows }: { rows: Row[] }) {
  return (
    <ul className={classes.rows}>
      {rows.map((row) => (
        <li key={row.number} className={classes.row}>
          <span className={classes.lead}>
            <RiskTag risk={row.action.risk.toLowerCase()} />
          </span>
          <div className={classes.what}>
            <Link to={paths.request} params={{ request: row.number }} className={classes.title}>
              <RequestTitle row={row} />
            </Link>
            <div className={classes.facts}>
              {row.number} · <Face id={row.subject.id} name={row.subject.name} kind={row.subject.kind} size={16} /> <VisibleText>{row.subject.name}</VisibleText>
            </div>
            <Reason of={row} />
          </div>
          <span className={classes.when}>
            <Deadline at={row.deadline} />
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Requests with their state and, for who asked, what comes next; for others, who asked. */
export function AskedRows({ rows, told = 'next' }: { rows: Row[]; told?: 'next' | 'who' }) {
  return (
    <ul className={classes.rows}>
      {rows.map((row) => (
        <li key={row.number} className={classes.row}>
          <span className={classes.lead}>
            <StateBadge state={badgeOf(row)} bare />
          </span>
          <div className={classes.what}>
            <Link to={paths.request} params={{ request: row.number }} className={classes.title}>
              <RequestTitle row={row} />
            </Link>
            <div className={classes.facts}>
              {row.number} · {told === 'next' ? nextStep(row) : `asked by ${row.subject.name}`}
            </div>
            {told === 'who' ? <Reason of={row} /> : null}
          </div>
          <span className={classes.when}>
            {row.state === 'pending' ? (
              <Deadline at={row.deadline} />
            ) : row.state === 'approved' && row.usableUntil && !beganAtOnce(row) ? (
              <Deadline at={row.usableUntil} />
            ) : (
              <Time at={row.endedAt ?? row.openedAt} />
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Why it was asked, in one line. */
function Reason({ of: { reason } }: { of: Row }) {
  if (!reason) return null
  return (
    <div className={classes.reason} title={reason}>
      <VisibleText>{reason}</VisibleText>
    </div>
  )
}
