import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Card } from '~/ui/Card'
import { Copy } from '~/ui/Copy'
import { Link } from '~/ui/Link'
import { Page } from '~/ui/Page'
import { EntryDetail, entryQuery, Neighbours } from './EntryDetail'
import { NotYours } from './NotYours'

const route = getRouteApi('/inside/settings/audit-logs/$leafIndex')

/** One entry at an address of its own. */
export function AuditEntryPage() {
  return useMay('audit-read') ? <Entry /> : <NotYours title="Audit entry" />
}

function Entry() {
  const { leafIndex } = route.useParams()
  const { data: entry } = useSuspenseQuery(entryQuery(Number(leafIndex)))
  return (
    <Page title={`Entry ${entry.leafIndex.toLocaleString('en')}`} width="form" crumbs={<Link to={paths.audit}>Audit Logs</Link>} actions={<Copy text={window.location.href} what="link" as="button" />}>
      <Card>
        <EntryDetail entry={entry} />
      </Card>
      <Card>
        <Neighbours leafIndex={entry.leafIndex} />
      </Card>
    </Page>
  )
}
