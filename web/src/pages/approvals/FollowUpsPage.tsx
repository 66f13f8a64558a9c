import { IconChecks, IconFilterOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { useMe } from '~/app/session'
import { FollowUpDone } from '~/parts/FollowUpDone'
import { type FollowUp, FollowUpRow } from '~/parts/FollowUpRow'
import { count } from '~/parts/requests'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Page } from '~/ui/Page'
import { Tabs } from '~/ui/Tabs'
import classes from './FollowUpsPage.module.css'

const route = getRouteApi('/inside/follow-ups')

const views = [
  { label: 'Mine', owner: undefined, state: undefined },
  { label: 'Overdue', owner: 'all', state: 'overdue' },
  { label: 'All open', owner: 'all', state: 'open' },
  { label: 'Done', owner: 'all', state: 'done' },
] as const

/** What approvers asked to be done afterwards: mine, what is late, everything. */
export function FollowUpsPage() {
  const me = useMe()
  const search = route.useSearch()
  const navigate = useNavigate()
  const [done, setDone] = useState<FollowUp>()
  const owner = search.owner === undefined ? me.id : search.owner === 'all' ? undefined : search.owner
  const state = search.state ?? 'open'
  const query = useQuery({
    queryKey: ['follow-ups', { owner, state, cursor: search.cursor }],
    placeholderData: keepPreviousData,
    queryFn: () => data(api.GET('/api/v1/follow-ups', { params: { query: { owner, state, cursor: search.cursor } } })),
  })
  const mine = search.owner === undefined
  return (
    <Page title="Follow-ups" facts="What approvers asked to be done afterwards. It never holds a request up.">
      <Tabs label="Which follow-ups">
        {views.map((view) => {
          const active = view.owner === search.owner && view.state === search.state
          return (
            <Link key={view.label} to={paths.followUps} search={{ owner: view.owner, state: view.state }} data-active={active} aria-current={active ? 'page' : undefined}>
              {view.label}
            </Link>
          )
        })}
      </Tabs>
      <Listing
        query={query}
        what="follow-ups"
        cursor={search.cursor}
        onGo={(cursor) => void navigate({ to: paths.followUps, search: (old) => ({ ...old, cursor }) })}
        count={(rows) => count(rows, 'follow-up')}
        empty={
          mine && state === 'open' ? (
            <Empty icon={<IconChecks size={20} stroke={1.6} />} title="You owe nothing.">
              What approvers ask you to do afterwards appears here, the soonest due first.
            </Empty>
          ) : state === 'overdue' ? (
            <Empty icon={<IconChecks size={20} stroke={1.6} />} title="Nothing is overdue." />
          ) : (
            <Empty
              icon={<IconFilterOff size={20} stroke={1.6} />}
              title={state === 'done' ? 'Nothing has been done yet.' : 'There is no follow-up.'}
              action={<Link to={paths.followUps}>See mine</Link>}
            />
          )
        }
      >
        {(rows) => (
          <ul className={classes.rows}>
            {rows.map((one) => (
              <FollowUpRow key={one.id} one={one} onDone={setDone} />
            ))}
          </ul>
        )}
      </Listing>
      {done ? <FollowUpDone one={done} onClose={() => setDone(undefined)} /> : null}
    </Page>
  )
}
