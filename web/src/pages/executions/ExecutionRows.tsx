import { Button } from '@mantine/core'
import { Named } from '~/parts/Named'
import { OutcomeLinks } from '~/parts/OutcomeLinks'
import { Quote } from '~/parts/Quote'
import { StateBadge } from '~/parts/StateBadge'
import { VisibleText } from '~/parts/VisibleText'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import classes from './Executions.module.css'
import { type Execution, toldWords } from './shape'

/** Executions as a table: what, when, for whom and by whom, and how it went. */
export function ExecutionRows({ rows, onSettle }: { rows: Execution[]; onSettle: (one: Execution) => void }) {
  return (
    <Rows
      label="Executions without a request, the latest first"
      rows={rows}
      keyOf={(row) => row.executionId}
      columns={[
        {
          head: 'What',
          cell: (row) => (
            <span title={`${row.action}, execution ${row.executionId}`}>
              {row.actionTitle} on <VisibleText>{row.resource}</VisibleText>
            </span>
          ),
        },
        { head: 'When', cell: (row) => <Time at={row.at} /> },
        {
          head: 'Who',
          cell: (row) => (
            <>
              <Named id={row.subject.id} face />
              {row.redeemer.id === row.subject.id ? null : (
                <span className={classes.small} data-prose>
                  by <Named id={row.redeemer.id} />
                </span>
              )}
            </>
          ),
        },
        { head: 'State', cell: (row) => <StateBadge state={row.state} bare /> },
        { head: 'How it ended', cell: (row) => <Ending execution={row} /> },
        ...(rows.some((row) => row.state === 'outcome-unknown')
          ? [{ head: 'Settle', bare: true, end: true, cell: (row: Execution) => <SettleButton execution={row} onSettle={onSettle} /> }]
          : []),
      ]}
    />
  )
}

function Ending({ execution }: { execution: Execution }) {
  const { state, ending } = execution
  if (!ending) return state === 'outcome-unknown' ? <span className={classes.dim}>Nobody has told how it went.</span> : null
  return (
    <>
      {ending.text ? <Quote small>{ending.text}</Quote> : null}
      <OutcomeLinks link={ending.link} artifacts={ending.artifacts} />
      <span className={classes.small} data-prose>
        {toldWords(execution)} <Time at={ending.at} /> by <Named id={ending.by.id} />
      </span>
    </>
  )
}

function SettleButton({ execution, onSettle }: { execution: Execution; onSettle: (one: Execution) => void }) {
  if (!execution.canSettle) return null
  return (
    <Button
      variant="default"
      size="xs"
      className="no-print"
      aria-label={`Settle the outcome of ${execution.actionTitle} on ${execution.resource}`}
      onClick={() => onSettle(execution)}
    >
      Settle…
    </Button>
  )
}
