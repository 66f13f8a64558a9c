import { Page } from '~/ui/Page'

/** To come. */
export function AuditEntryPage() {
  return <Page title="AuditEntryPage">To come.</Page>
}
