import { IconAlarm, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { paths } from '~/app/paths'
import { PersonChip } from '~/parts/PersonChip'
import { StateBadge } from '~/parts/StateBadge'
import { VisibleText } from '~/parts/VisibleText'
import { Link } from '~/ui/Link'
import { Mark } from '~/ui/Mark'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import classes from './Glass.module.css'
import type { Session } from './shape'
import { debts, scopeWords, stateWords } from './words'

/** The badge of a session: only an active one is solid. */
export function SessionBadge({ session, bare = true }: { session: Session; bare?: boolean }) {
  const look = session.state === 'active' ? 'active' : session.state === 'requested' ? 'pending' : session.state === 'ended' ? 'ended' : 'cancelled'
  return (
    <StateBadge state={look === 'ended' ? 'expired' : look} bare={bare && look !== 'active'}>
      {stateWords(session)}
    </StateBadge>
  )
}

/** What a session owes, each with how it stands. */
export function Owes({ session }: { session: Session }) {
  const all = debts(session.owed)
  if (all.length === 0) return <span className={classes.dim}>{session.state === 'not-opened' ? 'Nothing' : 'A closure and a review, after it ends'}</span>
  return (
    <>
      {all.map((debt) => (
        <div key={debt.what}>
          {debt.state === 'done' ? (
            <Mark icon={IconCircleCheck} tone="good">{`${debt.what} done`}</Mark>
          ) : (
            <>
              <Mark icon={debt.state === 'overdue' ? IconAlarm : IconCircleDashed} tone={debt.state === 'overdue' ? 'bad' : 'pending'}>
                {debt.state === 'overdue' ? `${debt.what} overdue` : `${debt.what} owed`}
              </Mark>{' '}
              <span className={classes.dim}>
                {debt.state === 'overdue' ? 'since' : 'by'} <Time at={debt.at} as="clock" />
              </span>
            </>
          )}
        </div>
      ))}
    </>
  )
}

/** Sessions as a table: whose, for what, how long still, what is owed. */
export function SessionRows({ rows, label }: { rows: Session[]; label: string }) {
  return (
    <Rows
      label={label}
      rows={rows}
      keyOf={(row) => row.id}
      dim={(row) => row.state === 'not-opened'}
      columns={[
        {
          head: 'Session',
          cell: (row) => (
            <>
              <Link to={paths.breakglassSession} params={{ session: row.name }}>
                {row.name}
              </Link>
              <span className={classes.small}>
                <VisibleText>{row.incident}</VisibleText>
              </span>
            </>
          ),
        },
        {
          head: 'State',
          cell: (row) => (
            <>
              <SessionBadge session={row} />
              {row.state === 'active' && row.endsAt ? (
                <>
                  {' '}
                  <Time at={row.endsAt} as="left" />
                </>
              ) : row.endedAt ? (
                <span className={classes.small}>
                  <Time at={row.endedAt} />
                </span>
              ) : null}
            </>
          ),
        },
        { head: 'Owner', cell: (row) => <PersonChip id={row.owner.id} name={row.owner.name} handle={row.owner.handle} /> },
        {
          head: 'Scope',
          cell: (row) => (
            <>
              {scopeWords(row.scope)}
              <span className={classes.small}>{row.actionsTaken === 0 ? 'Nothing done in it' : `${row.actionsTaken} done in it`}</span>
            </>
          ),
        },
        { head: 'Owed', cell: (row) => <Owes session={row} /> },
      ]}
    />
  )
}
