import { Page } from '~/ui/Page'

/** To come. */
export function SessionPage() {
  return <Page title="SessionPage">To come.</Page>
}
