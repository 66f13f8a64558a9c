import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Link } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { draftOf } from './form'
import { PolicyEditor } from './PolicyEditor'
import { templateQuery } from './queries'

const route = getRouteApi('/inside/approval-policies/$template/edit')

/** A saved policy, opened for its next version. */
export function EditPolicyPage() {
  const { template: id } = route.useParams()
  const template = useSuspenseQuery(templateQuery(id)).data
  const mayWrite = useMay('policy-write')
  const crumbs = (
    <>
      <Link to={paths.policies}>Approval Policies</Link>
      <span aria-hidden>›</span>
      <Link to={paths.policy} params={{ template: id }}>
        {template.name}
      </Link>
    </>
  )
  if (!mayWrite || template.archivedAt) {
    return (
      <Page title={`Edit ${template.name}`} crumbs={crumbs}>
        {template.archivedAt ? (
          <Note title="This policy is archived.">It has ended and gets no further versions; create a new one instead.</Note>
        ) : (
          <Note title="You may read policies, and not change them.">A policy manager or an administrator can.</Note>
        )}
      </Page>
    )
  }
  return <PolicyEditor key={id} title={`Edit ${template.name}`} crumbs={crumbs} initial={draftOf(template)} names={template.names ?? {}} saved={template} />
}
