import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'

/** Instead of the log, for who may not read it. */
export function NotYours({ title }: { title: string }) {
  return (
    <Page title={title}>
      <Note title="You may not read the audit log.">Administrators, compliance officers and security managers can. An administrator gives the role on the person’s page.</Note>
    </Page>
  )
}
