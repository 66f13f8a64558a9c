import { Page } from '~/ui/Page'

/** To come. */
export function TeamPage() {
  return <Page title="TeamPage">To come.</Page>
}
