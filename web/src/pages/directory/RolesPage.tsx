import { Button, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight, IconPencil, IconPlus, IconRuler2, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, newKey, type Schemas } from '~/api/client'
import { useMay } from '~/app/session'
import { rolesQuery } from '~/parts/Choose'
import { Held } from '~/parts/Held'
import { useOwnAct } from '~/parts/ownAct'
import { permissionWords } from '~/parts/permissions'
import { Reason, reasonHeader } from '~/parts/Reason'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'
import { Empty } from '~/ui/Empty'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { Loading } from '~/ui/Loading'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import { RoleHolders } from './RoleHolders'
import classes from './Roles.module.css'

type Role = Schemas['RolesRoleView']

/** The roles: what each allows, and who holds it. */
export function RolesPage() {
  const mayChange = useMay('directory-write')
  const [adding, add] = useDisclosure(false)
  const roles = useQuery(rolesQuery)
  return (
    <Page
      title="Roles"
      actions={
        mayChange ? (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add.open}>
            Add role
          </Button>
        ) : null
      }
      facts="A role is what somebody may do at most. Whether an approval counts is for the policies to say."
    >
      {roles.isError ? <ProblemNote error={roles.error} what="The roles could not be loaded." retry={() => void roles.refetch()} /> : null}
      {roles.isPending ? <Loading what="the roles" lines={8} /> : null}
      {roles.data?.items.length === 0 ? <Empty icon={<IconRuler2 size={20} />} title="No role." /> : null}
      {roles.data?.items.map((role) => <RoleCard key={role.id} role={role} />)}
      <RoleForm opened={adding} onClose={add.close} />
    </Page>
  )
}

function RoleCard({ role }: { role: Role }) {
  const mayChange = useMay('directory-write')
  const [open, setOpen] = useState(window.location.hash === `#${role.id}`)
  const [editing, edit] = useDisclosure(false)
  const [removing, remove] = useDisclosure(false)
  const [reason, setReason] = useState('')
  const gone = useOwnAct<{ reason: string }>({
    name: `role-remove-${role.id}`,
    touches: ['directory', 'me'],
    onSent: remove.close,
    act: (wish) => api.DELETE('/api/v1/roles/{id}', { params: { path: { id: role.id } }, headers: reasonHeader(wish.reason) }),
  })
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <Card
      title={<span id={role.id}>{role.name}</span>}
      hint={role.builtIn ? 'built in' : role.id}
      aside={
        mayChange && !role.builtIn ? (
          <>
            <Button variant="subtle" size="xs" color="gray" leftSection={<IconPencil size={14} aria-hidden />} onClick={edit.open} aria-label={`Edit ${role.name}`}>
              Edit
            </Button>
            <Button
              variant="subtle"
              size="xs"
              color="gray"
              leftSection={<IconTrash size={14} aria-hidden />}
              aria-label={`Remove ${role.name}`}
              onClick={() => {
                gone.reset()
                setReason('')
                remove.open()
              }}
            >
              Remove…
            </Button>
          </>
        ) : null
      }
    >
      {role.description}
      <ul className={classes.permissions}>
        {role.permissions.map((one) => (
          <li key={one}>{permissionWords(one)}</li>
        ))}
      </ul>
      <Held act={gone} what={`Remove the role ${role.name}`} />
      <Button variant="default" size="xs" leftSection={<Chevron size={14} aria-hidden />} aria-expanded={open} onClick={() => setOpen(!open)}>
        {role.holderCount === 1 ? '1 holder' : `${role.holderCount} holders`}
        <span className="visually-hidden"> of {role.name}</span>
      </Button>
      {open ? <RoleHolders role={role} /> : null}
      <RoleForm opened={editing} onClose={edit.close} role={role} />
      <Confirm opened={removing} onClose={remove.close} title={`Remove the role ${role.name}?`} verb="Remove" tone="bad" typed={{ text: role.id, label: 'The role’s id' }} onConfirm={() => gone.run({ reason })} busy={gone.busy} error={gone.error}>
        {role.holderCount === 0 ? 'Nobody holds it.' : role.holderCount === 1 ? 'Its 1 holder loses it.' : `Its ${role.holderCount} holders lose it.`} Policies that require it cannot be met any more.
        <Reason value={reason} onChange={setReason} label="Why (optional)" />
      </Confirm>
    </Card>
  )
}

/** A role of the organization's own: what it is called. What it carries is what every working role carries. */
function RoleForm({ opened, onClose, role }: { opened: boolean; onClose: () => void; role?: Role }) {
  const client = useQueryClient()
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [version, setVersion] = useState(0)
  const save = useMutation({
    mutationFn: async () => {
      if (role) {
        await api.PATCH('/api/v1/roles/{id}', { params: { path: { id: role.id }, header: { 'If-Match': `"${version}"` } }, body: { name, description } })
      } else {
        await api.POST('/api/v1/roles', { params: { header: { 'Idempotency-Key': newKey() } }, body: { id: id.trim(), name, description } })
      }
    },
    onSuccess: () => {
      onClose()
      return client.invalidateQueries({ queryKey: ['directory'] })
    },
  })
  useEffect(() => {
    if (!opened) return
    setId('')
    setName(role?.name ?? '')
    setDescription(role?.description ?? '')
    setVersion(role?.version ?? 0)
    save.reset()
    // Filled when it opens, and left alone while somebody types.
  }, [opened])
  return (
    <FormDialog opened={opened} onClose={onClose} title={role ? `Edit ${role.name}` : 'Add a role'} verb={role ? 'Save' : 'Add'} onSubmit={() => save.mutate()} busy={save.isPending} error={save.error} refused={role ? 'Nothing was saved.' : 'The role was not added.'}>
      <TextInput label="Name" data-autofocus required withAsterisk={false} value={name} error={fault(save.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      {role ? null : (
        <TextInput
          mt="sm"
          label="Id"
          description="Lower-case letters, digits, dots, dashes and underscores. Policies name it, and it stays."
          required
          withAsterisk={false}
          autoCapitalize="none"
          spellCheck={false}
          value={id}
          error={fault(save.error, 'id')}
          onChange={(event) => setId(event.currentTarget.value)}
        />
      )}
      <Textarea mt="sm" label="Description (optional)" autosize minRows={2} value={description} error={fault(save.error, 'description')} onChange={(event) => setDescription(event.currentTarget.value)} />
      {role ? null : <p>It carries what every working role carries: to ask, to vote where a policy says so, and to read.</p>}
    </FormDialog>
  )
}
