import { Page } from '~/ui/Page'

/** To come. */
export function NewPolicyPage() {
  return <Page title="NewPolicyPage">To come.</Page>
}
