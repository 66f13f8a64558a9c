import { Page } from '~/ui/Page'

/** To come. */
export function ProfilePage() {
  return <Page title="ProfilePage">To come.</Page>
}
