import { Page } from '~/ui/Page'

/** To come. */
export function RequestPage() {
  return <Page title="RequestPage">To come.</Page>
}
