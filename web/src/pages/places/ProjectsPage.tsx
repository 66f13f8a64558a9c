import { Page } from '~/ui/Page'

/** To come. */
export function ProjectsPage() {
  return <Page title="ProjectsPage">To come.</Page>
}
