import { Page } from '~/ui/Page'

/** To come. */
export function InboxPage() {
  return <Page title="InboxPage">To come.</Page>
}
