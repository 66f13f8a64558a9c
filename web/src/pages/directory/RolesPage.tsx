import { Page } from '~/ui/Page'

/** To come. */
export function RolesPage() {
  return <Page title="RolesPage">To come.</Page>
}
