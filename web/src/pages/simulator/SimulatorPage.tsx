import { Page } from '~/ui/Page'

/** To come. */
export function SimulatorPage() {
  return <Page title="SimulatorPage">To come.</Page>
}
