import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCircleCheck, IconHourglass, IconKey, IconPlus, IconShieldX, IconCircleMinus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data, type Schemas } from '~/api/client'
import { Card } from '~/ui/Card'
import { Empty } from '~/ui/Empty'
import { Loading } from '~/ui/Loading'
import { Mark } from '~/ui/Mark'
import { Pager } from '~/ui/Pager'
import { ProblemNote } from '~/ui/ProblemNote'
import { type Column, Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import { MakeToken } from './MakeToken'
import { Named } from './Named'
import { RevokeToken } from './RevokeToken'

type Token = Schemas['TokensTokenView']

function TokenState({ state }: { state: string }) {
  switch (state) {
    case 'active':
      return (
        <Mark icon={IconCircleCheck} tone="good">
          Active
        </Mark>
      )
    case 'compromised':
      return (
        <Mark icon={IconShieldX} tone="bad">
          Compromised
        </Mark>
      )
    case 'revoked':
      return (
        <Mark icon={IconCircleMinus} tone="over">
          Revoked
        </Mark>
      )
    default:
      return (
        <Mark icon={IconHourglass} tone="over">
          Expired
        </Mark>
      )
  }
}

interface TokensProps {
  /** Whose tokens: a person's or an account's id. */
  principal: string
  /** What to call them: a name, or undefined for one's own. */
  of?: string
  /** Whether it is an account, which never votes. */
  account?: boolean
  mayMake: boolean
}

/** The tokens of somebody: what each reaches, how long, and when it was last used. */
export function Tokens({ principal, of, account = false, mayMake }: TokensProps) {
  const [cursor, setCursor] = useState<string>()
  const [making, make] = useDisclosure(false)
  const [revoking, setRevoking] = useState<Token>()
  const tokens = useQuery({
    queryKey: ['directory', 'tokens', principal, cursor],
    queryFn: () => data(api.GET('/api/v1/tokens', { params: { query: { principal, cursor, limit: 50 } } })),
    placeholderData: keepPreviousData,
  })
  const items = tokens.data?.items ?? []
  const columns: ReadonlyArray<Column<Token>> = [
    { head: 'Token', bare: true, cell: (one) => one.name },
    { head: 'Scopes', cell: (one) => <code>{one.scopes.join(' ')}</code> },
    { head: 'State', cell: (one) => <TokenState state={one.state} /> },
    { head: 'Expires', cell: (one) => <Time at={one.expiresAt} /> },
    { head: 'Last used', cell: (one) => (one.lastUsedAt ? <Time at={one.lastUsedAt} /> : 'Never') },
    {
      head: 'Made',
      cell: (one) => (
        <>
          <Time at={one.madeAt} />
          {one.makerId === principal ? null : (
            <>
              {' '}
              by <Named id={one.makerId} />
            </>
          )}
        </>
      ),
    },
    {
      head: 'Revoke',
      bare: true,
      end: true,
      narrow: true,
      cell: (one) =>
        one.state === 'compromised' ? null : (
          <Button variant="subtle" size="xs" color="gray" aria-label={one.state === 'active' ? `Revoke the token ${one.name}` : `Compromised: the token ${one.name}`} onClick={() => setRevoking(one)}>
            {one.state === 'active' ? 'Revoke…' : 'Compromised…'}
          </Button>
        ),
    },
  ]
  return (
    <Card
      title="Tokens"
      flush
      aside={
        mayMake ? (
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={make.open}>
            Make a token
          </Button>
        ) : null
      }
    >
      {tokens.isError ? <ProblemNote error={tokens.error} what="The tokens could not be loaded." retry={() => void tokens.refetch()} /> : null}
      {tokens.isPending ? <Loading what="the tokens" lines={2} /> : null}
      {tokens.data && items.length === 0 ? (
        <Empty icon={<IconKey size={18} />} title="No token.">
          {of ? `${of} cannot call the API without one.` : 'The command line and programs of yours use tokens.'}
        </Empty>
      ) : null}
      {items.length > 0 ? <Rows label={of ? `Tokens of ${of}` : 'Your tokens'} rows={items} columns={columns} keyOf={(one) => one.id} dim={(one) => one.state !== 'active'} /> : null}
      {tokens.data?.nextCursor || cursor ? (
        <div style={{ padding: '0 14px 12px' }}>
          <Pager cursor={cursor} nextCursor={tokens.data?.nextCursor} onGo={setCursor} />
        </div>
      ) : null}
      <MakeToken opened={making} onClose={make.close} account={account ? principal : undefined} of={of} />
      <RevokeToken token={revoking} onClose={() => setRevoking(undefined)} account={account} />
    </Card>
  )
}
