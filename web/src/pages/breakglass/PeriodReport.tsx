import { Group, TextInput } from '@mantine/core'
import { IconFlame } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { paths } from '~/app/paths'
import { PersonChip } from '~/parts/PersonChip'
import { Card } from '~/ui/Card'
import { Empty } from '~/ui/Empty'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { Rows } from '~/ui/Rows'
import { isoDuration } from '~/ui/time'
import { useNow } from '~/ui/useNow'
import classes from './Glass.module.css'
import { SessionRows } from './SessionRows'
import { type Report, reportQuery } from './shape'
import { dayAfter, dayBefore, dayOf, startOf, verdictWords } from './words'

const route = getRouteApi('/inside/breakglass')

/** The sessions of a period, counted; whole days, by the reader's calendar in UTC. */
export function PeriodReport() {
  const { from, to } = route.useSearch()
  const navigate = useNavigate()
  const now = useNow(3600)
  const query = useQuery(reportQuery(from, to))
  const first = from ? dayOf(from) : dayOf(new Date(now - 30 * 86_400_000).toISOString())
  const last = to ? dayBefore(to) : dayOf(new Date(now).toISOString())
  const go = (part: { from?: string | undefined; to?: string | undefined }) => void navigate({ to: paths.breakglass, search: { tab: 'report', from, to, ...part }, replace: true })
  return (
    <>
      <Group gap="sm" mb="md" align="flex-end">
        <TextInput type="date" label="From" value={first} max={last} onChange={(event) => event.currentTarget.value && go({ from: startOf(event.currentTarget.value) })} />
        <TextInput type="date" label="To, this day included" value={last} min={first} onChange={(event) => event.currentTarget.value && go({ to: dayAfter(event.currentTarget.value) })} />
        <span className={classes.dim}>Days begin at midnight UTC.</span>
      </Group>
      {query.isError ? (
        <ProblemNote error={query.error} what="The report could not be made." retry={() => void query.refetch()} />
      ) : query.data ? (
        <Shown report={query.data} />
      ) : (
        <Card flush>
          <Loading what="the report" />
        </Card>
      )}
    </>
  )
}

function Shown({ report }: { report: Report }) {
  if (report.sessions === 0 && report.notOpened === 0) {
    return (
      <Card flush>
        <Empty icon={<IconFlame size={20} stroke={1.6} />} title="No session in this period.">
          Choose a longer one.
        </Empty>
      </Card>
    )
  }
  const open = report.verdicts.open ?? 0
  const figures: ReadonlyArray<readonly [string, string | number]> = [
    ['Sessions', report.sessions],
    ['Asked for, not opened', report.notOpened],
    ['Active for', isoDuration(report.activeFor)],
    ['Actions', report.actions],
    ['Closures owed', report.closuresOwed],
    ['of them overdue', report.closuresOverdue],
    ['Reviews owed', report.reviewsOwed],
    ['of them overdue', report.reviewsOverdue],
  ]
  return (
    <>
      {report.complete ? null : (
        <Note tone="pending" title="This is not all of it.">
          The period has more sessions than one report counts. Choose a shorter one.
        </Note>
      )}
      <Card title="In numbers">
        <dl className={classes.figures}>
          {figures.map(([word, value], at) => (
            <div key={at}>
              <dt>{word}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <div className={classes.pair}>
      <Card title="What the reviews found" flush>
        <Rows
          label="Verdicts"
          rows={[...Object.entries(verdictWords).map(([id, words]) => ({ words, times: report.verdicts[id] ?? 0 })), { words: 'No verdict yet', times: open }]}
          keyOf={(row) => row.words}
          columns={[
            { head: 'Verdict', cell: (row) => row.words },
            { head: 'Actions', cell: (row) => row.times, end: true },
          ]}
        />
      </Card>
      {report.bypassed.length > 0 ? (
        <Card title="What was bypassed" flush>
          <Rows
            label="Rules by how often they were bypassed"
            rows={report.bypassed}
            keyOf={(row) => row.ruleId}
            columns={[
              { head: 'Rule', cell: (row) => row.name },
              { head: 'Times', cell: (row) => row.times, end: true },
            ]}
          />
        </Card>
      ) : null}
      </div>
      {report.owners.length > 0 ? (
        <Card title="By whom" flush>
          <Rows
            label="People and their sessions"
            rows={report.owners}
            keyOf={(row) => row.owner.id}
            columns={[
              { head: 'Owner', cell: (row) => <PersonChip id={row.owner.id} name={row.owner.name} handle={row.owner.handle} /> },
              { head: 'Sessions', cell: (row) => row.sessions, end: true },
              { head: 'Actions', cell: (row) => row.actions, end: true },
            ]}
          />
        </Card>
      ) : null}
      <Card title="The sessions" flush>
        <SessionRows rows={report.items} label="Sessions of the period" />
      </Card>
    </>
  )
}
