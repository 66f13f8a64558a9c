import { Button } from '@mantine/core'
import { IconUsers, IconSignature } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type FocusEvent, useEffect, useMemo, useRef, useState } from 'react'
import { countsQuery, countWords } from '~/app/counts'
import { useKeys } from '~/app/keys'
import { paths } from '~/app/paths'
import { useMe } from '~/app/session'
import { count, type Row } from '~/parts/requests'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Page } from '~/ui/Page'
import { Pager } from '~/ui/Pager'
import { ProblemNote } from '~/ui/ProblemNote'
import { BulkBar } from './BulkBar'
import { offerFor } from './bulk'
import { type Filters, filtersOf, type View, viewOf } from './filters'
import { InboxEmpty } from './InboxEmpty'
import { InboxFilters } from './InboxFilters'
import classes from './InboxPage.module.css'
import { RequestList } from './RequestList'
import { moved, successor } from './steady'
import { useRequestPage, useSteadyRows } from './useInboxRows'

const route = getRouteApi('/inside/approvals')

/** The request one was at last, so that the way back finds it. */
let lastNumber: string | undefined

const labels: Record<View, string> = { mine: 'For me', pending: 'All pending', decided: 'Decided' }

/** The inbox: what waits for you first, what waits for others, what is decided. */
export function InboxPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const me = useMe()
  const view = viewOf(search.view)
  const filters = useMemo(() => filtersOf(search), [search])
  const [within, setWithin] = useState(false)
  const [current, setCurrent] = useState<string | undefined>(lastNumber)
  const [selected, setSelected] = useState<ReadonlyMap<string, Row>>(new Map())

  const identity = JSON.stringify([view, filters, search.cursor, search.order])
  const hold = within || selected.size > 0
  const main = useRequestPage({ view, filters, order: search.order, cursor: search.cursor })
  const others = useRequestPage({
    view: 'pending',
    filters: { ...filters, requester: me.id },
    enabled: view === 'mine' && !search.cursor,
  })
  const first = useSteadyRows(main.data?.rows, hold, identity)
  const second = useSteadyRows(view === 'mine' && !search.cursor ? others.data?.rows : noRows, hold, identity)
  const rows = [...first.rows, ...second.rows]
  const numbers = rows.map((row) => row.number)
  const fresh = first.fresh + second.fresh
  const arrived = first.arrived + second.arrived

  useCurrentFollows(numbers, current, setCurrent)
  useEffect(() => {
    lastNumber = current
  }, [current])
  // What is selected stays selected on another page; what nobody can decide any more does not.
  useEffect(() => {
    setSelected((now) => {
      const byNumber = new Map(rows.map((row) => [row.number, row]))
      const next = new Map([...now].map(([number, row]) => [number, byNumber.get(number) ?? row] as const).filter(([, row]) => row.canApprove))
      return next.size === now.size && [...next].every(([number, row]) => now.get(number) === row) ? now : next
    })
  }, [main.data, others.data])

  const go = (change: Record<string, string | undefined>) =>
    navigate({ to: paths.inbox, search: (old) => ({ ...old, cursor: undefined, ...change }), replace: true })
  const onSelect = (row: Row, on: boolean) =>
    setSelected((now) => {
      const next = new Map(now)
      if (on) next.set(row.number, row)
      else next.delete(row.number)
      return next
    })
  const move = (step: 1 | -1) => {
    const next = moved(numbers, current, step)
    if (next) document.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus()
  }
  const open = (hash?: string) => {
    if (current && numbers.includes(current)) void navigate({ to: paths.request, params: { request: current }, hash })
  }
  useKeys([
    { keys: 'j ArrowDown', does: 'next request', run: () => move(1) },
    { keys: 'k ArrowUp', does: 'previous request', run: () => move(-1) },
    { keys: 'Enter o', does: 'open the request', run: () => open() },
    {
      keys: 'x',
      does: 'select the request',
      run: () => {
        const row = rows.find((one) => one.number === current)
        if (row?.canApprove) onSelect(row, !selected.has(row.number))
      },
    },
    { keys: 'a', does: 'open it where one approves', run: () => open('decide') },
    { keys: 'd', does: 'open it where one rejects', run: () => open('reject') },
    { keys: 'Escape', does: 'clear the selection', run: () => setSelected(new Map()) },
  ])

  const next = main.data?.next
  const chosen = [...selected.values()]
  return (
    <Page title="Inbox" actions={<KeyHints />}>
      <Views view={view} filters={filters} />
      <div className={classes.bar}>
        <InboxFilters view={view} filters={filters} onChange={(change) => void go({ ...change })} />
      </div>
      <div role="status" className={fresh > 0 ? classes.fresh : 'visually-hidden'}>
        {fresh > 0 ? (
          <Button
            variant="light"
            size="compact-sm"
            onClick={() => {
              first.show()
              second.show()
            }}
          >
            {count(fresh, 'new request')}: show
          </Button>
        ) : arrived > 0 ? (
          `${count(arrived, 'new request')}.`
        ) : null}
      </div>
      <div
        onFocus={() => setWithin(true)}
        onBlur={(event: FocusEvent<HTMLElement>) => setWithin(event.currentTarget.contains(event.relatedTarget))}
        aria-busy={main.isPlaceholderData}
      >
        {main.isPending ? (
          <Card flush>
            <Loading what="requests" lines={8} />
          </Card>
        ) : main.isError ? (
          <ProblemNote error={main.error} what="The list could not be loaded." retry={() => void main.refetch()} />
        ) : (
          <>
            {first.rows.length > 0 ? (
              <RequestList
                id="first"
                label={view === 'mine' ? 'Your turn' : labels[view]}
                icon={view === 'mine' ? <IconSignature size={16} className={classes.ink} aria-hidden /> : undefined}
                count={!next && !search.cursor ? String(first.rows.length) : undefined}
                rows={first.rows}
                current={current}
                onCurrent={setCurrent}
                selected={new Set(selected.keys())}
                onSelect={view === 'decided' ? undefined : onSelect}
              />
            ) : (
              <InboxEmpty view={view} filters={filters} others={second.rows.length > 0} onClear={() => void navigate({ to: paths.inbox, search: { view: search.view } })} />
            )}
            <Pager cursor={search.cursor} nextCursor={next} onGo={(cursor) => void navigate({ to: paths.inbox, search: (old) => ({ ...old, cursor }) })} />
            {second.rows.length > 0 ? (
              <RequestList
                id="second"
                label="Waiting for others"
                icon={<IconUsers size={16} aria-hidden />}
                rows={second.rows}
                current={current}
                onCurrent={setCurrent}
              />
            ) : null}
          </>
        )}
      </div>
      {chosen.length > 0 ? (
        <BulkBar rows={chosen} offer={offerFor(chosen, me.roles)} onClear={() => setSelected(new Map())} />
      ) : null}
    </Page>
  )
}

const noRows: Row[] = []

/** When the current request leaves the list, its successor is current. */
function useCurrentFollows(numbers: string[], current: string | undefined, setCurrent: (number: string | undefined) => void) {
  const before = useRef<string[]>([])
  const names = numbers.join(' ')
  useEffect(() => {
    const now = names === '' ? [] : names.split(' ')
    const next = successor(before.current, now, current)
    if (before.current.length > 0 && next !== current) setCurrent(next)
    before.current = now
  }, [names, current, setCurrent])
}

/** The three views, with how many wait in each. */
function Views({ view, filters }: { view: View; filters: Filters }) {
  const counts = useQuery(countsQuery).data
  const waiting: Partial<Record<View, string>> = counts ? { mine: countWords(counts.mine, counts.mineMore) } : {}
  return (
    <nav className={classes.views} aria-label="Which requests">
      {(Object.keys(labels) as View[]).map((one) => (
        <Link
          key={one}
          to={paths.inbox}
          search={{ ...filters, state: one === 'decided' ? filters.state : undefined, view: one === 'mine' ? undefined : one }}
          className={classes.view}
          underline="never"
          data-active={one === view}
          aria-current={one === view ? 'page' : undefined}
        >
          {labels[one]} {waiting[one] === undefined ? null : <span className={classes.count}>{waiting[one]}</span>}
        </Link>
      ))}
    </nav>
  )
}

function KeyHints() {
  const hints = [
    ['J', ''],
    ['K', 'move'],
    ['Enter', 'open'],
    ['X', 'select'],
    ['A', 'approve'],
    ['D', 'reject'],
    ['?', 'all keys'],
  ] as const
  return (
    <div className={classes.keys} aria-hidden>
      {hints.map(([key, does]) => (
        <span key={key}>
          <kbd>{key}</kbd> {does}
        </span>
      ))}
    </div>
  )
}
