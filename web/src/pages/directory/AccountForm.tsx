import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, data, newKey, type Schemas } from '~/api/client'
import { ChoosePerson, ChooseRoles, teamsQuery } from '~/parts/Choose'
import { followedHandle } from '~/parts/handle'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'

interface OwnerProps {
  value: string | null
  onChange: (id: string | null) => void
  error?: string | undefined
  /** The account itself, which cannot own itself. */
  without?: string
  enabled: boolean
  /** Said instead where an owner is there already, and none need be chosen. */
  label?: string
}

/** An owner is a person, a team, or an account that somebody owns in turn. */
function ChooseOwner({ value, onChange, error, without, enabled, label }: OwnerProps) {
  const [text, setText] = useState('')
  const [sought] = useDebouncedValue(text, 150)
  const people = useQuery({
    queryKey: ['directory', 'people', 'choose', sought],
    queryFn: () => data(api.GET('/api/v1/people', { params: { query: { q: sought || undefined, limit: 20 } } })),
    enabled,
    placeholderData: (before) => before,
  })
  const teams = useQuery({ ...teamsQuery, enabled })
  const accounts = useQuery({
    queryKey: ['directory', 'accounts', 'choose'],
    queryFn: () => data(api.GET('/api/v1/accounts', { params: { query: { limit: 200 } } })),
    enabled,
  })
  const option = (one: { id: string; name: string; handle: string }) => ({ value: one.id, label: `${one.name} (@${one.handle})` })
  const matches = (one: { label: string }) => one.label.toLowerCase().includes(sought.toLowerCase())
  const groups = [
    { group: 'People', items: (people.data?.items ?? []).map(option) },
    { group: 'Teams', items: (teams.data?.items ?? []).map(option).filter(matches) },
    { group: 'Accounts', items: (accounts.data?.items ?? []).filter((one) => one.id !== without).map(option).filter(matches) },
  ].filter((group) => group.items.length > 0)
  return (
    <Select
      mt="sm"
      label={label ?? 'Owner'}
      description="A person, a team, or an account that has an owner itself."
      placeholder="Name or handle"
      searchable
      required={label === undefined}
      withAsterisk={false}
      data={groups}
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage="Nobody is called that."
      value={value}
      error={error}
      onChange={onChange}
    />
  )
}

/** A service account or agent to be added. */
export function AddAccount({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const [kind, setKind] = useState('service')
  const [name, setName] = useState('')
  const [handle, setHandle] = useState('')
  const [owner, setOwner] = useState<string | null>(null)
  const [accountable, setAccountable] = useState<string | null>(null)
  const [roles, setRoles] = useState<string[]>(['developer'])
  const team = useQuery(teamsQuery).data?.items.some((one) => one.id === owner)
  const add = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/accounts', {
        params: { header: { 'Idempotency-Key': newKey() } },
        body: { kind, name, handle: handle.trim().replace(/^@/, ''), ownerId: owner ?? '', accountableId: team ? (accountable ?? undefined) : undefined, roles },
      }),
    onSuccess: () => {
      setName('')
      setHandle('')
      onClose()
      return client.invalidateQueries({ queryKey: ['directory'] })
    },
  })
  const rename = (to: string) => {
    setHandle(followedHandle(handle, name, to))
    setName(to)
  }
  return (
    <FormDialog opened={opened} onClose={onClose} title="Add an account" verb="Add" onSubmit={() => add.mutate()} busy={add.isPending} error={add.error} refused="The account was not added.">
      <SegmentedControl
        fullWidth
        mb="sm"
        aria-label="Kind of account"
        data={[
          { value: 'service', label: 'Service account' },
          { value: 'agent', label: 'Agent' },
        ]}
        value={kind}
        onChange={setKind}
      />
      <TextInput label="Name" data-autofocus required withAsterisk={false} value={name} error={fault(add.error, 'name')} onChange={(event) => rename(event.currentTarget.value)} />
      <TextInput mt="sm" label="Handle" required withAsterisk={false} autoCapitalize="none" spellCheck={false} value={handle} error={fault(add.error, 'handle')} onChange={(event) => setHandle(event.currentTarget.value)} />
      <ChooseOwner value={owner} onChange={setOwner} error={fault(add.error, 'ownerId')} enabled={opened} />
      {team ? (
        <div style={{ marginTop: 8 }}>
          <ChoosePerson label="Who answers for it" description="One person of flesh and blood. Left empty, it is you." value={accountable} onChange={setAccountable} error={fault(add.error, 'accountableId')} />
        </div>
      ) : null}
      <div style={{ marginTop: 8 }}>
        <ChooseRoles label="Roles" description="Whatever the role, an account never approves." value={roles} onChange={setRoles} error={fault(add.error, 'roles')} />
      </div>
    </FormDialog>
  )
}

/** An account's name and owner. */
export function EditAccount({ account, opened, onClose }: { account: Schemas['AccountsAccountView']; opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const [name, setName] = useState(account.name)
  const [owner, setOwner] = useState<string | null>(null)
  const [accountable, setAccountable] = useState<string | null>(null)
  const [version, setVersion] = useState(account.version)
  const team = useQuery(teamsQuery).data?.items.some((one) => one.id === (owner ?? account.ownerId))
  const save = useMutation({
    mutationFn: () =>
      api.PATCH('/api/v1/accounts/{id}', {
        params: { path: { id: account.id }, header: { 'If-Match': `"${version}"` } },
        body: { name, ownerId: owner ?? undefined, accountableId: team ? (accountable ?? undefined) : undefined },
      }),
    onSuccess: () => {
      onClose()
      return client.invalidateQueries({ queryKey: ['directory'] })
    },
  })
  useEffect(() => {
    if (!opened) return
    setName(account.name)
    setOwner(null)
    setAccountable(null)
    setVersion(account.version)
    save.reset()
    // Filled when it opens, and left alone while somebody types.
  }, [opened])
  return (
    <FormDialog opened={opened} onClose={onClose} title={`Edit ${account.name}`} verb="Save" onSubmit={() => save.mutate()} busy={save.isPending} error={save.error} refused="Nothing was saved.">
      <TextInput label="Name" data-autofocus required withAsterisk={false} value={name} error={fault(save.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      <p style={{ margin: '12px 0 0' }}>
        Owned by <strong>{account.owners[0]?.name ?? 'nobody'}</strong>.
      </p>
      <ChooseOwner label="Another owner (optional)" value={owner} onChange={setOwner} error={fault(save.error, 'ownerId')} without={account.id} enabled={opened} />
      {team ? (
        <div style={{ marginTop: 8 }}>
          <ChoosePerson label="Who answers for it" description="Left empty, it stays as it is." value={accountable} onChange={setAccountable} error={fault(save.error, 'accountableId')} />
        </div>
      ) : null}
    </FormDialog>
  )
}
