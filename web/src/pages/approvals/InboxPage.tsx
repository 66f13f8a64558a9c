import { Button } from '@mantine/core'
import { IconUsers, IconSignature } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type FocusEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useKeys } from '~/app/keys'
import { paths } from '~/app/paths'
import { useMe } from '~/app/session'
import { count, type Row } from '~/parts/requests'
import { useRequestPage } from '~/parts/useRequestPage'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Page } from '~/ui/Page'
import { Pager } from '~/ui/Pager'
import { ProblemNote } from '~/ui/ProblemNote'
import { BulkBar } from './BulkBar'
import { BulkDialog } from './BulkDialog'
import { offerFor } from './bulk'
import { filtersOf, orderOf, viewOf } from './filters'
import { InboxEmpty, NothingForYou } from './InboxEmpty'
import { InboxFilters } from './InboxFilters'
import { KeyHints, labels, OrderButton, Views } from './InboxHead'
import classes from './InboxPage.module.css'
import { RequestList } from './RequestList'
import { moved, successor } from './steady'
import { useSteadyRows } from './useSteadyRows'
import { rememberWalk } from './walk'

const route = getRouteApi('/inside/approvals')

/** The request one was at last, so that the way back finds it. */
let lastNumber: string | undefined

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

  const [deciding, setDeciding] = useState<'approve' | 'deny'>()

  const hold = within || selected.size > 0 || deciding !== undefined
  const order = orderOf(view, search.order)
  const main = useRequestPage({ view, filters, order, cursor: search.cursor })
  const others = useRequestPage({
    view: 'waiting',
    filters,
    order,
    enabled: view === 'mine' && !search.cursor,
  })
  const first = useSteadyRows(main.data?.rows, hold, main.data?.list ?? '')
  const withOthers = view === 'mine' && !search.cursor
  const second = useSteadyRows(withOthers ? others.data?.rows : noRows, hold, withOthers ? (others.data?.list ?? '') : 'none')
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
  const clear = () => void navigate({ to: paths.inbox, search: { view: search.view } })
  const onSelect = (row: Row, on: boolean) =>
    setSelected((now) => {
      const next = new Map(now)
      if (on) next.set(row.number, row)
      else next.delete(row.number)
      return next
    })
  const lists = [first.rows, second.rows].map((list) => list.map((row) => row.number))
  useEffect(() => rememberWalk(lists), [JSON.stringify(lists)])
  const move = (step: 1 | -1) => {
    const next = moved(numbers, current, step)
    if (next) document.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus()
  }
  const open = (hash?: string) => {
    if (current && numbers.includes(current)) void navigate({ to: paths.request, params: { request: current }, hash })
  }
  useKeys([
    { keys: 'j', does: 'next request', run: () => move(1) },
    { keys: 'k', does: 'previous request', run: () => move(-1) },
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
  const offer = offerFor(chosen, me.bulkVoting)
  return (
    <Page title="Approvals" actions={<KeyHints />}>
      <Views view={view} filters={filters} />
      <div className={classes.bar}>
        <InboxFilters view={view} filters={filters} onChange={(change) => void go({ ...change })} />
        <OrderButton view={view} order={order} onChange={(next) => void go({ order: next })} />
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
        ) : !main.data ? (
          <ProblemNote error={main.error} what="The list could not be loaded." retry={() => void main.refetch()} />
        ) : (
          <>
            {main.isError ? <ProblemNote error={main.error} what="The list could not be renewed; it may be old." retry={() => void main.refetch()} /> : null}
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
            ) : second.rows.length > 0 ? (
              <NothingForYou filters={filters} onClear={clear} />
            ) : (
              <InboxEmpty view={view} filters={filters} onClear={clear} />
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
            {withOthers && others.isError ? (
              <ProblemNote error={others.error} what="What waits for others could not be loaded." retry={() => void others.refetch()} />
            ) : null}
            {others.data?.next && second.rows.length > 0 ? (
              <p className={classes.more}>
                More of yours wait for others.{' '}
                <Link to={paths.inbox} search={{ view: 'pending', requester: `@${me.handle}` }}>
                  See all that you asked
                </Link>
              </p>
            ) : null}
          </>
        )}
      </div>
      {chosen.length > 0 ? (
        <BulkBar rows={chosen} offer={offer} onClear={() => setSelected(new Map())} onDecide={setDeciding} />
      ) : null}
      {deciding ? (
        <BulkDialog
          vote={deciding}
          offer={offer}
          onDone={(settled) => setSelected((now) => new Map([...now].filter(([number]) => !settled.includes(number))))}
          onClose={() => setDeciding(undefined)}
        />
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
