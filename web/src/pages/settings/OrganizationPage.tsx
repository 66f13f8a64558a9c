import { Page } from '~/ui/Page'

/** To come. */
export function OrganizationPage() {
  return <Page title="OrganizationPage">To come.</Page>
}
