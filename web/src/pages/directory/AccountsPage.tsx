import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconRobot, IconUserOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Named } from '~/parts/Named'
import { PersonChip } from '~/parts/PersonChip'
import { RoleNames } from '~/parts/RoleNames'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Mark } from '~/ui/Mark'
import { Page } from '~/ui/Page'
import { type Column, Rows } from '~/ui/Rows'
import { AddAccount } from './AccountForm'
import { kindWords } from './kinds'

type Account = Schemas['AccountsAccountView']

const route = getRouteApi('/inside/accounts')

const columns: ReadonlyArray<Column<Account>> = [
  {
    head: 'Account',
    bare: true,
    cell: (account) => (
      <Link to={paths.account} params={{ account: `@${account.handle}` }}>
        <PersonChip id={account.id} name={account.name} kind={account.kind} note={`@${account.handle}`} />
        {account.active ? null : (
          <Mark icon={IconUserOff} tone="over">
            Deactivated
          </Mark>
        )}
      </Link>
    ),
  },
  { head: 'Kind', cell: (account) => kindWords(account.kind) },
  { head: 'Owner', cell: (account) => account.owners.map((one) => one.name).join(' › ') || 'Nobody' },
  { head: 'Answers for it', cell: (account) => (account.accountableId ? <Named id={account.accountableId} /> : 'Nobody') },
  { head: 'Roles', cell: (account) => <RoleNames of={account.roles} /> },
]

/** Service accounts and agents: they ask, they never approve, and somebody answers for each. */
export function AccountsPage() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const mayChange = useMay('directory-write')
  const [adding, add] = useDisclosure(false)
  const accounts = useQuery({
    queryKey: ['directory', 'accounts', cursor],
    queryFn: () => data(api.GET('/api/v1/accounts', { params: { query: { cursor, limit: 50 } } })),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title="Accounts"
      facts="Service accounts and agents ask and execute. They never approve, and a person answers for each."
      actions={
        mayChange ? (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add.open}>
            Add account
          </Button>
        ) : null
      }
    >
      <Listing
        query={accounts}
        what="accounts"
        cursor={cursor}
        onGo={(to) => void navigate({ search: to ? { cursor: to } : {} })}
        count={(rows) => (rows === 1 ? '1 account' : `${rows} accounts`)}
        empty={
          <Empty icon={<IconRobot size={20} />} title="No account yet.">
            A pipeline or an agent gets an account of its own, and a token.
          </Empty>
        }
      >
        {(rows) => <Rows label="Accounts" rows={rows} columns={columns} keyOf={(one) => one.id} dim={(one) => !one.active} />}
      </Listing>
      <AddAccount opened={adding} onClose={add.close} />
    </Page>
  )
}
