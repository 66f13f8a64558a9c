import { Page } from '~/ui/Page'

/** To come. */
export function AuditPage() {
  return <Page title="AuditPage">To come.</Page>
}
