import { Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { api, newKey, type Schemas } from '~/api/client'
import { useMe } from '~/app/session'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { Note } from '~/ui/Note'
import { ShownOnce } from '~/ui/ShownOnce'
import { Time } from '~/ui/Time'
import { Held } from './Held'
import { useOwnAct } from './ownAct'
import { scopes, scopesFor } from './permissions'
import { Reason, reasonHeader } from './Reason'

interface Wish {
  body: Schemas['TokensNewToken']
  reason: string
  key: string
}

const lasting = [
  { value: 'PT24H', label: '1 day', days: 1 },
  { value: 'PT168H', label: '7 days', days: 7 },
  { value: 'PT720H', label: '30 days', days: 30 },
  { value: 'PT2160H', label: '90 days', days: 90 },
  { value: 'PT8760H', label: '1 year', days: 365 },
]

interface MakeTokenProps {
  opened: boolean
  onClose: () => void
  /** The account it is for; none for one's own. */
  account?: string | undefined
  of?: string | undefined
}

/** A token: what it may reach, how long it lasts, and its secret, shown this once. */
export function MakeToken({ opened, onClose, account, of }: MakeTokenProps) {
  const me = useMe()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string[]>(['read'])
  const [expiresIn, setExpiresIn] = useState('PT720H')
  const [reason, setReason] = useState('')
  const [key, setKey] = useState(newKey)
  const [made, setMade] = useState<Schemas['TokensTokenView']>()
  const offered = account ? scopes.filter((one) => one.id !== 'vote') : scopesFor(me.permissions)
  const votes = chosen.includes('vote')
  const gated = offered.some((one) => one.gated && chosen.includes(one.id))
  const choices = lasting.filter((one) => !votes || one.days <= 30)
  useEffect(() => {
    if (votes && !choices.some((one) => one.value === expiresIn)) setExpiresIn('PT720H')
  }, [votes, choices, expiresIn])
  useEffect(() => setKey(newKey()), [name, chosen, expiresIn, reason])
  const act = useOwnAct<Wish, Schemas['TokensTokenView']>({
    name: `make-token-${account ?? me.id}`,
    touches: ['directory'],
    onSent: onClose,
    act: (wish) => {
      const header = { 'Idempotency-Key': wish.key }
      return account
        ? api.POST('/api/v1/accounts/{id}/tokens', { params: { path: { id: account }, header }, headers: reasonHeader(wish.reason), body: wish.body })
        : api.POST('/api/v1/tokens', { params: { header }, headers: reasonHeader(wish.reason), body: wish.body })
    },
    onDone: (token) => {
      setMade(token)
      setName('')
      setReason('')
      setKey(newKey())
    },
  })
  return (
    <>
      {act.held ? (
        <div style={{ padding: '0 14px' }}>
          <Held act={act} what={`Make the token ${act.held.wish.body.name}`} />
        </div>
      ) : null}
      <FormDialog opened={opened} onClose={onClose} title={of ? `Make a token for ${of}` : 'Make a token'} verb="Make" onSubmit={() => act.run({ body: { name, scopes: chosen, expiresIn }, reason, key })} busy={act.busy} error={act.error} refused="No token was made.">
        <TextInput label="Name" description="What uses it: a pipeline, a laptop." data-autofocus required withAsterisk={false} value={name} error={fault(act.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
        <Checkbox.Group mt="sm" label="It may" description={account ? 'As far as the roles of the account reach.' : 'Never further than you yourself, now or later.'} value={chosen} onChange={setChosen} error={fault(act.error, 'scopes')}>
          <Stack gap={6} mt={6}>
            {offered.map((one) => (
              <Checkbox key={one.id} value={one.id} label={one.words} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select mt="md" label="It lasts" allowDeselect={false} data={choices} value={expiresIn} onChange={(value) => value && setExpiresIn(value)} error={fault(act.error, 'expiresIn')} description={votes ? 'A token that votes lasts at most 30 days.' : undefined} />
        {gated ? (
          <>
            <Note tone="pending" title="With this token one decides, or changes who decides.">
              Where a policy protects it, people approve the making first.
            </Note>
            <Reason value={reason} onChange={setReason} />
          </>
        ) : null}
      </FormDialog>
      <ShownOnce secret={made?.token} title={`Token ${made?.name ?? ''}`} what="token" onStored={() => setMade(undefined)}>
        {made ? (
          <p>
            It is usable at once and ends <Time at={made.expiresAt} />.
          </p>
        ) : null}
      </ShownOnce>
    </>
  )
}
