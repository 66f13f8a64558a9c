import { Button, Select } from '@mantine/core'
import { IconPlus, IconRuler2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { rolesQuery } from '~/parts/Choose'
import { Held } from '~/parts/Held'
import { Named } from '~/parts/Named'
import { useOwnAct } from '~/parts/ownAct'
import { Reason, reasonHeader } from '~/parts/Reason'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'
import { Empty } from '~/ui/Empty'
import { FormDialog } from '~/ui/FormDialog'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'

interface Wish {
  role: string
  roleName: string
  take: boolean
  reason: string
}

interface Role {
  id: string
  name: string
  grantedBy?: string
  grantedAt?: string
}

interface RolesOfProps {
  holder: { id: string; name: string }
  /** The roles of an account; a person's are read with who gave each. */
  known?: readonly string[]
}

/** Somebody's roles with who gave them; giving and taking one may need approval. */
export function RolesOf({ holder, known }: RolesOfProps) {
  const mayChange = useMay('directory-write')
  const [giving, setGiving] = useState(false)
  const [taking, setTaking] = useState<{ id: string; name: string }>()
  const [role, setRole] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const all = useQuery(rolesQuery).data?.items ?? []
  const belongings = useQuery({
    queryKey: ['directory', 'memberships', holder.id],
    queryFn: () => data(api.GET('/api/v1/people/{id}/memberships', { params: { path: { id: holder.id } } })),
    enabled: known === undefined,
  })
  const close = () => {
    setGiving(false)
    setTaking(undefined)
  }
  const act = useOwnAct<Wish>({
    name: `roles-of-${holder.id}`,
    touches: ['directory', 'me'],
    onSent: close,
    act: (wish) => {
      const call = { params: { path: { id: wish.role, personId: holder.id } }, headers: reasonHeader(wish.reason) }
      return wish.take ? api.DELETE('/api/v1/roles/{id}/holders/{personId}', call) : api.PUT('/api/v1/roles/{id}/holders/{personId}', call)
    },
  })
  const held = act.held
  const roles: Role[] = known?.map((id) => ({ id, name: all.find((one) => one.id === id)?.name ?? id })) ?? belongings.data?.roles ?? []
  const free = all.filter((one) => !roles.some((has) => has.id === one.id))
  const chosen = all.find((one) => one.id === role)
  return (
    <Card
      title="Roles"
      flush
      aside={
        mayChange ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              act.reset()
              setRole(null)
              setReason('')
              setGiving(true)
            }}
          >
            Give a role
          </Button>
        ) : null
      }
    >
      {held ? (
        <div style={{ padding: '0 14px' }}>
          <Held act={act} what={`${held.wish.take ? 'Remove' : 'Give'} ${held.wish.roleName} ${held.wish.take ? 'from' : 'to'} ${holder.name}`} />
        </div>
      ) : null}
      {belongings.isError ? <ProblemNote error={belongings.error} what="The roles could not be loaded." retry={() => void belongings.refetch()} /> : null}
      {known === undefined && belongings.isPending ? <Loading what="the roles" lines={2} /> : null}
      {(known ?? belongings.data) && roles.length === 0 ? (
        <Empty icon={<IconRuler2 size={18} />} title="No role.">
          Without one, {holder.name} can sign in and do nothing.
        </Empty>
      ) : null}
      {roles.length > 0 ? (
        <Rows
          label={`Roles of ${holder.name}`}
          rows={roles}
          keyOf={(one) => one.id}
          columns={[
            { head: 'Role', bare: true, cell: (one) => <Link to={paths.roles} hash={one.id}>{one.name}</Link> },
            ...(known
              ? []
              : [
                  { head: 'Given by', cell: (one: Role) => (one.grantedBy ? <Named id={one.grantedBy} /> : null) },
                  { head: 'Given', cell: (one: Role) => (one.grantedAt ? <Time at={one.grantedAt} /> : null) },
                ]),
            ...(mayChange
              ? [
                  {
                    head: 'Remove',
                    bare: true,
                    end: true,
                    narrow: true,
                    cell: (one: Role) => (
                      <Button
                        variant="subtle"
                        size="xs"
                        color="gray"
                        aria-label={`Remove the role ${one.name}`}
                        onClick={() => {
                          act.reset()
                          setReason('')
                          setTaking(one)
                        }}
                      >
                        Remove…
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      ) : null}
      <FormDialog
        opened={giving}
        onClose={close}
        title={`Give ${holder.name} a role`}
        verb="Give"
        onSubmit={() => role && act.run({ role, roleName: chosen?.name ?? role, take: false, reason })}
        busy={act.busy}
        error={act.error}
        refused="The role was not given."
      >
        <Select
          label="Role"
          data-autofocus
          required
          withAsterisk={false}
          data={free.map((one) => ({ value: one.id, label: one.name }))}
          description={chosen?.description}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={role}
          onChange={setRole}
        />
        <Reason value={reason} onChange={setReason} label="Why (optional)" />
      </FormDialog>
      <Confirm
        opened={taking !== undefined}
        onClose={close}
        title={`Remove ${taking?.name ?? ''} from ${holder.name}?`}
        verb="Remove the role"
        tone="bad"
        onConfirm={() => taking && act.run({ role: taking.id, roleName: taking.name, take: true, reason })}
        busy={act.busy}
        error={act.error}
      >
        What rests on it ends at once: permissions, tokens as far as they reach further, and votes that counted through it.
        <Reason value={reason} onChange={setReason} label="Why (optional)" />
      </Confirm>
    </Card>
  )
}
