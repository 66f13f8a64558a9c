import { Page } from '~/ui/Page'

/** To come. */
export function EditPolicyPage() {
  return <Page title="EditPolicyPage">To come.</Page>
}
