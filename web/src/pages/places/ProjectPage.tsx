import { Page } from '~/ui/Page'

/** To come. */
export function ProjectPage() {
  return <Page title="ProjectPage">To come.</Page>
}
