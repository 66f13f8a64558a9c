import { Page } from '~/ui/Page'

/** To come. */
export function ClustersPage() {
  return <Page title="ClustersPage">To come.</Page>
}
