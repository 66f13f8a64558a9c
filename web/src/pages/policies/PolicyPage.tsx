import { Page } from '~/ui/Page'

/** To come. */
export function PolicyPage() {
  return <Page title="PolicyPage">To come.</Page>
}
