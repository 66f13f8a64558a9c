import { IconFlame } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { count } from '~/parts/requests'
import { Choice } from '~/ui/Choice'
import { Bar } from '~/ui/Bar'
import { Empty } from '~/ui/Empty'
import { Link, LinkButton } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Page } from '~/ui/Page'
import { TabCount, Tabs } from '~/ui/Tabs'
import { EmergencyChanges } from './EmergencyChanges'
import { PeriodReport } from './PeriodReport'
import { SessionRows } from './SessionRows'
import { bannerQuery, overdueQuery, sessionsQuery } from './shape'

const route = getRouteApi('/inside/breakglass')

const views = [
  { tab: undefined, label: 'Active and recent sessions' },
  { tab: 'overdue', label: 'Overdue' },
  { tab: 'changes', label: 'Emergency changes' },
  { tab: 'report', label: 'Report' },
] as const

const states = [
  { value: 'active', label: 'Active' },
  { value: 'requested', label: 'Waiting for approval' },
  { value: 'ended', label: 'Ended' },
  { value: 'not-opened', label: 'Not opened' },
]

/** Emergencies: sessions that run or ran, what is owed for too long, what was done in them, a report. */
export function BreakglassPage() {
  const { tab } = route.useSearch()
  const mayOpen = useMay('breakglass-open')
  const mayReport = useMay('audit-read')
  const overdue = useQuery(overdueQuery)
  const late = overdue.data?.items.length ?? 0
  const banner = useQuery(bannerQuery).data
  const own = banner?.own ?? banner?.requested
  return (
    <Page
      title="Break-glass"
      facts={
        mayOpen
          ? 'For a live incident only. Approvals inside a session’s scope are skipped, everything is recorded, and Security is told at once.'
          : 'Only who was given the permission may open a session; nobody holds it until an administrator gives it on the person’s page.'
      }
      actions={
        mayOpen && !own ? (
          <LinkButton to={paths.openBreakglass} color="glass">
            Open a session…
          </LinkButton>
        ) : undefined
      }
    >
      <Tabs label="What to see of break-glass">
        {views
          .filter((view) => view.tab !== 'report' || mayReport)
          .map((view) => (
            <Link key={view.label} to={paths.breakglass} search={view.tab ? { tab: view.tab } : {}} data-active={view.tab === tab} aria-current={view.tab === tab ? 'page' : undefined}>
              {view.label}
              {view.tab === 'overdue' && late > 0 ? (
                <>
                  {' '}
                  <TabCount>{late}</TabCount>
                </>
              ) : null}
            </Link>
          ))}
      </Tabs>
      {tab === 'overdue' ? (
        <Listing query={overdue} what="overdue sessions" empty={<Empty icon={<IconFlame size={20} stroke={1.6} />} title="Nothing is overdue.">Every closure and review that was due is done.</Empty>}>
          {(rows) => <SessionRows rows={rows} label="Sessions whose closure or review is late" />}
        </Listing>
      ) : tab === 'changes' ? (
        <EmergencyChanges />
      ) : tab === 'report' ? (
        <PeriodReport />
      ) : (
        <Sessions />
      )}
    </Page>
  )
}

function Sessions() {
  const { state, cursor } = route.useSearch()
  const navigate = useNavigate()
  const query = useQuery(sessionsQuery({ state, cursor }))
  return (
    <>
      <Bar>
        <Choice label="State" value={state} options={states} onChange={(next) => void navigate({ to: paths.breakglass, search: next ? { state: next } : {} })} />
      </Bar>
      <Listing
        query={query}
        what="sessions"
        cursor={cursor}
        onGo={(next) => void navigate({ to: paths.breakglass, search: { state, cursor: next } })}
        count={(rows) => count(rows, 'session')}
        empty={
          state ? (
            <Empty icon={<IconFlame size={20} stroke={1.6} />} title="No session is in this state." action={<Link to={paths.breakglass}>See all of them</Link>} />
          ) : (
            <Empty icon={<IconFlame size={20} stroke={1.6} />} title="The glass was never broken.">
              Sessions for emergencies appear here while they run and after, with what was done in them and what is still owed.
            </Empty>
          )
        }
      >
        {(rows) => <SessionRows rows={rows} label="Break-glass sessions, the newest first" />}
      </Listing>
    </>
  )
}
