import { Page } from '~/ui/Page'

/** To come. */
export function BreakglassPage() {
  return <Page title="BreakglassPage">To come.</Page>
}
