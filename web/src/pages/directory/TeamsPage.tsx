import { Page } from '~/ui/Page'

/** To come. */
export function TeamsPage() {
  return <Page title="TeamsPage">To come.</Page>
}
