import { Page } from '~/ui/Page'

/** To come. */
export function PersonPage() {
  return <Page title="PersonPage">To come.</Page>
}
