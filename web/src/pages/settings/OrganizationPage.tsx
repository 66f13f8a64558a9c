import { useSuspenseQuery } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import { useMay } from '~/app/session'
import { Columns } from '~/ui/Columns'
import { Page } from '~/ui/Page'
import { ActionTypes } from './ActionTypes'
import { Audience } from './Audience'
import { OrganizationForm } from './OrganizationForm'
import { SetUp } from './SetUp'
import { SigningKeys } from './SigningKeys'

/** How the organization works: its settings, the keys that prove what it says, the kinds of action it knows. */
export function OrganizationPage() {
  const { data: organization } = useSuspenseQuery({
    queryKey: ['organization'],
    queryFn: () => data(api.GET('/api/v1/organization')),
  })
  const mayChange = useMay('organization-write')
  const mayLog = useMay('audit-read')
  return (
    <Page title="Settings" width="detail" facts={`${organization.name} · ${organization.handle}`}>
      <Columns
        side={
          <>
            <SetUp organization={organization} />
            <SigningKeys />
          </>
        }
      >
        <OrganizationForm organization={organization} readOnly={!mayChange} />
        {mayLog ? <Audience /> : null}
        <ActionTypes />
      </Columns>
    </Page>
  )
}
