import { Page } from '~/ui/Page'

/** To come. */
export function PoliciesPage() {
  return <Page title="PoliciesPage">To come.</Page>
}
