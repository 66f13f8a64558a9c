import { Button, Drawer } from '@mantine/core'
import { IconArrowUp, IconDownload, IconFilterOff, IconListSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, data, type Schemas } from '~/api/client'
import { useKeys } from '~/app/keys'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Copy } from '~/ui/Copy'
import { Empty } from '~/ui/Empty'
import { Listing } from '~/ui/Listing'
import { Loading } from '~/ui/Loading'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import classes from './Audit.module.css'
import { AuditBar } from './AuditBar'
import { AuditRows } from './AuditRows'
import { EntryDetail, entryQuery, Neighbours } from './EntryDetail'
import { type AuditSearch, csvAddress, filterCount, queryOf } from './filters'
import { NotYours } from './NotYours'

type Entry = Schemas['FoundEntry']

const route = getRouteApi('/inside/settings/audit-logs')
const ROWS = 50

/** The log, for who may read it; everybody else learns who may. */
export function AuditPage() {
  return useMay('audit-read') ? <AuditLogs /> : <NotYours title="Audit Logs" />
}

/** Everything that happened, the latest first; what comes in meanwhile waits until one wants to see it. */
function AuditLogs() {
  const search: AuditSearch = route.useSearch()
  const navigate = route.useNavigate()
  const { cursor } = search
  const query = queryOf(search)
  const [open, setOpen] = useState<number>()
  const [current, setCurrent] = useState(-1)
  // Not under the room that live events make old: nothing moves while it is read.
  const entries = useQuery({
    queryKey: ['log', query, cursor],
    queryFn: () => data(api.GET('/api/v1/audit-entries', { params: { query: { ...query, cursor, limit: ROWS } } })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  })
  const rows = entries.data?.items ?? []
  const newest = useQuery({
    queryKey: ['audit', 'newest', query],
    queryFn: () => data(api.GET('/api/v1/audit-entries', { params: { query: { ...query, limit: ROWS } } })),
    enabled: cursor === undefined && entries.isSuccess,
  })
  const last = rows[0]?.leafIndex ?? -1
  const fresh = cursor === undefined && !entries.isPlaceholderData ? (newest.data?.items.filter((one) => one.leafIndex > last).length ?? 0) : 0
  const change = (part: AuditSearch) => {
    setCurrent(-1)
    void navigate({ search: (before: AuditSearch) => clean({ ...before, ...part, cursor: undefined }), replace: true })
  }
  useKeys([
    { keys: 'j ArrowDown', does: 'next entry', run: () => setCurrent((at) => Math.min(rows.length - 1, at + 1)) },
    { keys: 'k ArrowUp', does: 'entry before', run: () => setCurrent((at) => Math.max(0, at - 1)) },
    { keys: 'o Enter', does: 'open the entry', run: () => setOpen(rows[current]?.leafIndex) },
    { keys: 'n', does: 'show new entries', run: () => void entries.refetch() },
  ])
  return (
    <Page
      title="Audit Logs"
      actions={
        <Button component="a" href={csvAddress(search)} download variant="default" leftSection={<IconDownload size={15} aria-hidden />}>
          Export CSV
        </Button>
      }
    >
      <AuditBar search={search} onChange={change} onClear={() => void navigate({ search: {} })} />
      <div role="status" className={classes.fresh}>
        {fresh > 0 ? (
          <Button variant="light" size="xs" leftSection={<IconArrowUp size={14} aria-hidden />} onClick={() => void entries.refetch()}>
            {fresh === 1 ? '1 new entry' : fresh >= ROWS ? `${ROWS} or more new entries` : `${fresh} new entries`}
          </Button>
        ) : null}
      </div>
      <Listing
        query={entries}
        what="entries"
        cursor={cursor}
        onGo={(to) => {
          setCurrent(-1)
          window.scrollTo(0, 0)
          void navigate({ search: (before: AuditSearch) => clean({ ...before, cursor: to }) })
        }}
        empty={
          filterCount(search) > 0 ? (
            <Empty
              icon={<IconFilterOff size={20} />}
              title="No entry matches."
              action={
                <Button variant="default" size="xs" onClick={() => void navigate({ search: {} })}>
                  Clear the filters
                </Button>
              }
            >
              All the filters must hold at once.
            </Empty>
          ) : (
            <Empty icon={<IconListSearch size={20} />} title="Nothing has happened yet." />
          )
        }
      >
        {(items: Entry[]) => <AuditRows rows={items} current={items[current]?.leafIndex} open={open} onOpen={setOpen} />}
      </Listing>
      <EntryDrawer leafIndex={open} onGo={setOpen} />
    </Page>
  )
}

function clean(search: AuditSearch): AuditSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as AuditSearch
}

/** An entry beside the log, so that the place in it is kept. */
function EntryDrawer({ leafIndex, onGo }: { leafIndex: number | undefined; onGo: (leafIndex: number | undefined) => void }) {
  const entry = useQuery({ ...entryQuery(leafIndex ?? 0), enabled: leafIndex !== undefined })
  return (
    <Drawer
      opened={leafIndex !== undefined}
      onClose={() => onGo(undefined)}
      position="right"
      size={520}
      withOverlay={false}
      lockScroll={false}
      trapFocus={false}
      closeOnClickOutside={false}
      title={leafIndex === undefined ? '' : `Entry ${leafIndex.toLocaleString('en')}`}
      classNames={{ content: classes.drawer ?? '' }}
    >
      {leafIndex === undefined ? null : (
        <>
          {entry.isError ? <ProblemNote error={entry.error} what="The entry could not be loaded." retry={() => void entry.refetch()} /> : null}
          {entry.isPending ? <Loading what="the entry" /> : null}
          {entry.data ? <EntryDetail entry={entry.data} /> : null}
          <div style={{ margin: '12px 0' }}>
            <Copy text={`${window.location.origin}${paths.auditEntry.replace('$leafIndex', String(leafIndex))}`} what="link" as="button" />
          </div>
          <Neighbours leafIndex={leafIndex} onGo={onGo} />
        </>
      )}
    </Drawer>
  )
}
