import { Button, SegmentedControl } from '@mantine/core'
import { IconFilterOff, IconFlask, IconPlus, IconShieldPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { paths } from '~/app/paths'
import { useKeys } from '~/app/keys'
import { useMay } from '~/app/session'
import { BoundChips } from '~/parts/BoundChips'
import { CanBeMet } from '~/parts/CanBeMet'
import { RuleSentence } from '~/parts/RuleSentence'
import { hoursOf, MiniWeek } from '~/parts/WeekCalendar'
import { capital } from '~/parts/ruleWords'
import { weekWords } from '~/parts/week'
import { Empty } from '~/ui/Empty'
import { Link, LinkButton } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { type Column, Rows } from '~/ui/Rows'
import { SearchField } from '~/ui/SearchField'
import { Time } from '~/ui/Time'
import { PresetChoice } from './PresetChoice'
import classes from './PoliciesPage.module.css'
import { brokenQuery, type Template, templatesQuery, usesQuery } from './queries'

const route = getRouteApi('/inside/approval-policies')

/** Every approval policy: what each says, where it is bound, when it applies, whether it can be met, when it was last used. */
export function PoliciesPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(templatesQuery(search))
  const uses = useQuery(usesQuery).data
  const mayWrite = useMay('policy-write')
  const archived = search.archived === 'true'
  useKeys(mayWrite ? [{ keys: 'c', does: 'create a policy', run: () => void navigate({ to: paths.newPolicy }) }] : [])

  const held = new Map((uses?.items ?? []).map((use) => [use.templateId, use]))
  const columns: Array<Column<Template>> = [
    {
      head: 'Policy',
      cell: (row) => (
        <>
          <Link to={paths.policy} params={{ template: row.id }} className={classes.name}>
            {row.name}
          </Link>
          <div className={classes.says}>
            <RuleSentence short rule={row} names={row.names ?? {}} />
          </div>
        </>
      ),
    },
    ...(archived
      ? []
      : [
          { head: 'Bound to', cell: (row: Template) => <BoundChips bound={row.boundTo ?? []} total={row.bindings} /> },
          {
            head: 'Applies',
            cell: (row: Template) => (
              <span className={classes.applies}>
                <MiniWeek hours={hoursOf(row.calendar)} />
                <span>{row.calendar ? weekWords(hoursOf(row.calendar)) : 'always'}</span>
              </span>
            ),
          },
          { head: 'Can be met', cell: (row: Template) => (row.chances ? <CanBeMet chances={row.chances} /> : null) },
          {
            head: 'Held, 30 days',
            end: true,
            cell: (row: Template) => (uses ? (held.get(row.id)?.held ?? 0) : null),
          },
          {
            head: 'Last used',
            cell: (row: Template) => {
              const use = held.get(row.id)
              if (!uses) return null
              return use ? <Time at={use.lastHeldAt} /> : <span className={classes.dim}>not in {uses.days} days</span>
            },
          },
        ]),
    ...(archived
      ? [{ head: 'Archived', cell: (row: Template) => (row.archivedAt ? <Time at={row.archivedAt} /> : null) }]
      : []),
    {
      head: 'Version',
      narrow: true,
      cell: (row) => (
        <Link to={paths.policy} params={{ template: row.id }} search={{ tab: 'versions' }} aria-label={`v${row.version}, versions of ${row.name}`}>
          v{row.version}
        </Link>
      ),
    },
  ]

  return (
    <Page
      title="Approval Policies"
      facts="A policy says who must agree. A binding says where. Every binding that matches must be met."
      actions={
        <>
          <LinkButton to={paths.simulator} variant="default" leftSection={<IconFlask size={15} aria-hidden />}>
            Try an ask
          </LinkButton>
          {mayWrite ? (
            <LinkButton to={paths.newPolicy} leftSection={<IconPlus size={15} aria-hidden />}>
              Create Policy
            </LinkButton>
          ) : null}
        </>
      }
    >
      <div className={classes.bar}>
        <SearchField
          label="Search policies"
          placeholder="Name or description"
          value={search.q ?? ''}
          onChange={(q) => void navigate({ search: (now) => ({ ...now, q: q || undefined, cursor: undefined }), replace: true })}
        />
        <SegmentedControl
          aria-label="Which policies"
          value={archived ? 'archived' : 'live'}
          onChange={(value) => void navigate({ search: value === 'archived' ? { archived: 'true' } : {} })}
          data={[
            { value: 'live', label: 'In force' },
            { value: 'archived', label: 'Archived' },
          ]}
        />
      </div>
      {archived ? null : <Broken mayWrite={mayWrite} />}
      <Listing
        query={query}
        what="policies"
        cursor={search.cursor}
        onGo={(cursor) => void navigate({ search: (now) => ({ ...now, cursor }) })}
        count={(rows) => (rows === 1 ? '1 policy' : `${rows} policies`)}
        empty={
          search.q ? (
            <Empty
              icon={<IconFilterOff size={20} />}
              title="No policy matches."
              action={
                <Button variant="subtle" size="compact-sm" onClick={() => void navigate({ search: archived ? { archived: 'true' } : {} })}>
                  Clear the search
                </Button>
              }
            >
              Looked for “{search.q}” in names and descriptions.
            </Empty>
          ) : archived ? (
            <Empty icon={<IconShieldPlus size={20} />} title="Nothing is archived.">
              A policy that is archived ends with its bindings; its versions stay readable here.
            </Empty>
          ) : (
            <Empty icon={<IconShieldPlus size={20} />} title="No policy yet." action={mayWrite ? <PresetChoice /> : undefined}>
              Until there is one, nothing is held. {mayWrite ? 'Begin with one of these, or from nothing.' : 'A policy manager creates the first one.'}
            </Empty>
          )
        }
      >
        {(rows) => <Rows label={archived ? 'Archived policies' : 'Policies in force'} rows={rows} columns={columns} keyOf={(row) => row.id} roomy={!archived} />}
      </Listing>
    </Page>
  )
}

/** What cannot be met stands above everything, with the two ways out. */
function Broken({ mayWrite }: { mayWrite: boolean }) {
  const broken = useQuery(brokenQuery).data?.items ?? []
  if (broken.length === 0) return null
  return broken.map((one) => (
    <Note key={one.thing.id} tone="bad" title={`${one.thing.name} cannot be met.`}>
      {capital(one.sentence.replaceAll('`', '').replace(/^nobody could meet .* now: /, ''))}. What it holds waits in vain.{' '}
      {mayWrite ? (
        <Link to={paths.editPolicy} params={{ template: one.thing.id }} underline="always">
          Edit the policy
        </Link>
      ) : (
        <Link to={paths.policy} params={{ template: one.thing.id }} underline="always">
          Look at the policy
        </Link>
      )}{' '}
      or{' '}
      <Link to={paths.teams} underline="always">
        add people to its teams
      </Link>
      .
    </Note>
  ))
}
