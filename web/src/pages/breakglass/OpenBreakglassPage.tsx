import { Page } from '~/ui/Page'

/** To come. */
export function OpenBreakglassPage() {
  return <Page title="OpenBreakglassPage">To come.</Page>
}
