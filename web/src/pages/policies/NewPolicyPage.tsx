import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Link } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { emptyDraft, presets } from './form'
import { PolicyEditor } from './PolicyEditor'
import { organizationQuery } from './queries'

const route = getRouteApi('/inside/approval-policies/new')

/** A policy that is not there yet: an empty sheet, or one of the policy guide's presets. */
export function NewPolicyPage() {
  const { preset: wanted } = route.useSearch()
  const zone = useSuspenseQuery(organizationQuery).data.zone
  const mayWrite = useMay('policy-write')
  const crumbs = <Link to={paths.policies}>Approval Policies</Link>
  if (!mayWrite) {
    return (
      <Page title="Create Policy" crumbs={crumbs}>
        <Note title="You may read policies, and not change them.">A policy manager or an administrator can.</Note>
      </Page>
    )
  }
  const preset = presets(zone).find((one) => one.id === wanted)
  return (
    <PolicyEditor key={preset?.id ?? 'empty'} title="Create Policy" crumbs={crumbs} initial={preset?.draft ?? emptyDraft} names={{}}>
      <Presets chosen={preset?.id} />
    </PolicyEditor>
  )
}

function Presets({ chosen }: { chosen: string | undefined }) {
  return (
    <span>
      Begin with{' '}
      {presets('').map((preset, at) => (
        <span key={preset.id}>
          {at > 0 ? ' · ' : ''}
          {preset.id === chosen ? (
            <strong aria-current="true">{preset.title}</strong>
          ) : (
            <Link to={paths.newPolicy} search={{ preset: preset.id }} underline="always">
              {preset.title}
            </Link>
          )}
        </span>
      ))}
      {chosen ? (
        <>
          {' '}
          · <Link to={paths.newPolicy} underline="always">nothing</Link>
        </>
      ) : null}
    </span>
  )
}
