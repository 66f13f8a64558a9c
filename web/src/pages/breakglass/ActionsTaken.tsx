import { IconShieldOff } from '@tabler/icons-react'
import { paths } from '~/app/paths'
import { StateBadge } from '~/parts/StateBadge'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import classes from './Glass.module.css'
import type { BypassedRule, SessionDetail } from './shape'
import { requestName, verdictWords } from './words'

/** The rules that were passed over, and what each would have needed. */
export function BypassedRules({ rules }: { rules: BypassedRule[] }) {
  if (rules.length === 0) return <span className={classes.dim}>No rule was in the way</span>
  return (
    <ul className={classes.list}>
      {rules.map((rule) => (
        <li key={`${rule.ruleId}-${rule.version}`}>
          <IconShieldOff size={15} className={classes.glassIcon} aria-hidden />
          <span>
            {rule.name}
            <span className={classes.small}>
              version {rule.version}, needed {rule.needed}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What was done in a session, the latest first. */
export function ActionsTaken({ session }: { session: SessionDetail }) {
  const rows = [...session.actions].sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
  return (
    <Card title="Actions taken" hint={rows.length} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <span className={classes.dim}>{session.state === 'ended' ? 'Nothing was done in it.' : 'Nothing yet. What passes by this session appears here at once.'}</span>
      ) : (
        <Rows
          label="Actions taken in this session"
          rows={rows}
          keyOf={(row) => row.id}
          columns={[
            {
              head: 'Action',
              cell: (row) => (
                <>
                  {row.request ? (
                    <Link to={paths.request} params={{ request: requestName(row.request) }}>
                      {row.action.title}
                    </Link>
                  ) : (
                    row.action.title
                  )}
                  <span className={classes.small}>
                    {row.request ? `${requestName(row.request)} · ` : ''}
                    <VisibleText>{row.resource.name}</VisibleText>
                    {row.caller.id === row.subject.id ? '' : ` · through ${row.caller.name}`}
                  </span>
                  {row.reason ? (
                    <span className={classes.small}>
                      <VisibleText>{row.reason}</VisibleText>
                    </span>
                  ) : null}
                </>
              ),
            },
            { head: 'Time', narrow: true, cell: (row) => <Time at={row.at} as="clock" /> },
            { head: 'Bypassed', cell: (row) => <BypassedRules rules={row.bypassed} /> },
            {
              head: 'Outcome',
              cell: (row) =>
                row.outcome ? (
                  <StateBadge state={row.outcome} bare />
                ) : row.requestState === 'approved' ? (
                  <StateBadge state="pending" bare>
                    Permitted, not run yet
                  </StateBadge>
                ) : row.requestState ? (
                  <StateBadge state={row.requestState} bare />
                ) : (
                  <span className={classes.dim}>Not reported</span>
                ),
            },
            ...(session.review
              ? [
                  {
                    head: 'Verdict',
                    cell: (row: (typeof rows)[number]) => (
                      <>
                        {row.verdict ? (verdictWords[row.verdict] ?? row.verdict) : ''}
                        {row.verdictNote ? (
                          <span className={classes.small}>
                            <VisibleText>{row.verdictNote}</VisibleText>
                          </span>
                        ) : null}
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </Card>
  )
}
