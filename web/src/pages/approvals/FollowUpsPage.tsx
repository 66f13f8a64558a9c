import { Page } from '~/ui/Page'

/** To come. */
export function FollowUpsPage() {
  return <Page title="FollowUpsPage">To come.</Page>
}
