import { Page } from '~/ui/Page'

/** To come. */
export function HomePage() {
  return <Page title="HomePage">To come.</Page>
}
