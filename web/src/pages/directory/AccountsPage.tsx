import { Page } from '~/ui/Page'

/** To come. */
export function AccountsPage() {
  return <Page title="AccountsPage">To come.</Page>
}
