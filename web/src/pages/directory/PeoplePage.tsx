import { Page } from '~/ui/Page'

/** To come. */
export function PeoplePage() {
  return <Page title="PeoplePage">To come.</Page>
}
