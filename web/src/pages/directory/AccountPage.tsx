import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPencil, IconUserOff } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay, useMe } from '~/app/session'
import { Named } from '~/parts/Named'
import { OwnerChain } from '~/parts/OwnerChain'
import { Face } from '~/parts/PersonChip'
import { Tokens } from '~/parts/Tokens'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Facts } from '~/ui/Facts'
import { Link } from '~/ui/Link'
import { Mark } from '~/ui/Mark'
import { Page } from '~/ui/Page'
import { Time } from '~/ui/Time'
import { AccessCard } from './AccessCard'
import { EditAccount } from './AccountForm'
import { GivenPermissions } from './GivenPermissions'
import { kindWords } from './kinds'
import { OpenRequests } from './OpenRequests'
import { RolesOf } from './RolesOf'

type Account = Schemas['AccountsAccountView']

const route = getRouteApi('/inside/accounts/$account')

/** One account: whose it is, what it may do, and the tokens it comes with. */
export function AccountPage() {
  const { account: id } = route.useParams()
  const { data: account } = useSuspenseQuery({
    queryKey: ['directory', 'account', id],
    queryFn: () => data(api.GET('/api/v1/accounts/{id}', { params: { path: { id } } })),
  })
  const me = useMe()
  const mayChange = useMay('directory-write')
  const mayToken = useMay('tokens-own')
  const [editing, edit] = useDisclosure(false)
  const mine = account.accountableId === me.id
  return (
    <Page
      title={account.name}
      width="detail"
      crumbs={<Link to={paths.accounts}>Accounts</Link>}
      heading={
        <Group gap={10} wrap="nowrap">
          <Face id={account.id} name={account.name} kind={account.kind} size={28} /> {account.name}
        </Group>
      }
      facts={
        <>
          <span>{kindWords(account.kind)}</span>
          <span>@{account.handle}</span>
          {account.active ? null : (
            <Mark icon={IconUserOff} tone="over" boxed>
              Deactivated
            </Mark>
          )}
        </>
      }
      actions={
        mayChange ? (
          <Button variant="default" leftSection={<IconPencil size={15} aria-hidden />} onClick={edit.open}>
            Edit
          </Button>
        ) : null
      }
    >
      <Columns
        side={
          <>
            <Card title="Whose it is" tone={mine ? 'yours' : 'plain'}>
              <OwnerChain chain={[account, ...account.owners]} accountableId={account.accountableId} />
              <p style={{ margin: '10px 0 0', color: 'var(--cs-dim)' }}>
                {mine ? 'You answer for it: what it asks, you cannot approve.' : 'Nobody in this chain can approve what it asks.'}
              </p>
            </Card>
            <Card title="Facts">
              <Facts
                of={[
                  ['Handle', `@${account.handle}`],
                  ['Kind', kindWords(account.kind)],
                  ['Added by', <Named key="by" id={account.createdBy} />],
                  ['Added', <Time key="at" at={account.createdAt} />],
                ]}
              />
            </Card>
            {mayChange ? <AccountDanger account={account} /> : null}
          </>
        }
      >
        {mine || mayChange ? (
          <Tokens
            principal={account.id}
            of={account.name}
            account
            mayMake={mayToken && account.active}
          />
        ) : null}
        <RolesOf holder={account} known={account.roles} />
        <GivenPermissions principalId={account.id} name={account.name} />
        <OpenRequests requesterId={account.id} name={account.name} />
      </Columns>
      <EditAccount account={account} opened={editing} onClose={edit.close} />
    </Page>
  )
}

function AccountDanger({ account }: { account: Account }) {
  const params = { path: { id: account.id }, header: { 'If-Match': `"${account.version}"` } }
  return (
    <AccessCard
      of={account}
      change={(active) => api.PATCH('/api/v1/accounts/{id}', { params, body: { active } })}
      remove={() => api.DELETE('/api/v1/accounts/{id}', { params })}
      list={paths.accounts}
      label="The account’s handle"
      words={{
        deactivate: 'All its tokens end. It can be activated again, and then needs new tokens.',
        activate: 'It can act again once it has a token.',
        remove: 'All its tokens end at once. This cannot be undone; the audit log keeps what it did.',
      }}
    />
  )
}
