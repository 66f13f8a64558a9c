import { Page } from '~/ui/Page'

/** To come. */
export function AccountPage() {
  return <Page title="AccountPage">To come.</Page>
}
