import { Page } from '~/ui/Page'

/** To come. */
export function FindingsPage() {
  return <Page title="FindingsPage">To come.</Page>
}
