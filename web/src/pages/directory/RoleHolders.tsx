import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data, type Schemas } from '~/api/client'
import { useMay } from '~/app/session'
import { ChoosePerson } from '~/parts/Choose'
import { Held } from '~/parts/Held'
import { Named } from '~/parts/Named'
import { useOwnAct } from '~/parts/ownAct'
import { Reason, reasonHeader } from '~/parts/Reason'
import { Confirm } from '~/ui/Confirm'
import { Empty } from '~/ui/Empty'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { Loading } from '~/ui/Loading'
import { Pager } from '~/ui/Pager'
import { ProblemNote } from '~/ui/ProblemNote'
import { type Column, Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'

type Holder = Schemas['TeamsHolderView']
interface Wish {
  personId: string
  take: boolean
  reason: string
}

/** Who holds a role, with who gave it; giving and taking may need approval. */
export function RoleHolders({ role }: { role: Schemas['RolesRoleView'] }) {
  const mayChange = useMay('directory-write')
  const [cursor, setCursor] = useState<string>()
  const [giving, give] = useDisclosure(false)
  const [taking, setTaking] = useState<Holder>()
  const [person, setPerson] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const holders = useQuery({
    queryKey: ['directory', 'holders', role.id, cursor],
    queryFn: () => data(api.GET('/api/v1/roles/{id}/holders', { params: { path: { id: role.id }, query: { cursor, limit: 50 } } })),
    placeholderData: keepPreviousData,
  })
  const act = useOwnAct<Wish>({
    name: `holders-of-${role.id}`,
    touches: ['directory', 'me'],
    onSent: () => {
      give.close()
      setTaking(undefined)
    },
    act: (wish) => {
      const call = { params: { path: { id: role.id, personId: wish.personId } }, headers: reasonHeader(wish.reason) }
      return wish.take ? api.DELETE('/api/v1/roles/{id}/holders/{personId}', call) : api.PUT('/api/v1/roles/{id}/holders/{personId}', call)
    },
  })
  const columns: Array<Column<Holder>> = [
    { head: 'Holder', bare: true, cell: (one) => <Named id={one.id} face /> },
    { head: 'Given by', cell: (one) => <Named id={one.grantedBy} /> },
    { head: 'Given', cell: (one) => <Time at={one.grantedAt} /> },
  ]
  if (mayChange) {
    columns.push({
      head: 'Remove',
      bare: true,
      end: true,
      narrow: true,
      cell: (one) => (
        <Button
          variant="subtle"
          size="xs"
          color="gray"
          aria-label={`Remove ${role.name} from ${one.name}`}
          onClick={() => {
            act.reset()
            setReason('')
            setTaking(one)
          }}
        >
          Remove…
        </Button>
      ),
    })
  }
  const rows = holders.data?.items ?? []
  return (
    <div style={{ marginTop: 10 }}>
      <Held act={act} what={act.held?.wish.take ? `Remove ${role.name}` : `Give ${role.name}`} />
      {holders.isError ? <ProblemNote error={holders.error} what="The holders could not be loaded." retry={() => void holders.refetch()} /> : null}
      {holders.isPending ? <Loading what="the holders" lines={3} /> : null}
      {holders.data && rows.length === 0 ? <Empty icon={<IconUsers size={18} />} title="Nobody holds it." /> : null}
      {rows.length > 0 ? <Rows label={`Holders of ${role.name}`} rows={rows} columns={columns} keyOf={(one) => one.id} /> : null}
      <Pager cursor={cursor} nextCursor={holders.data?.nextCursor} onGo={setCursor} />
      {mayChange ? (
        <Button
          mt="sm"
          variant="default"
          size="xs"
          leftSection={<IconUserPlus size={14} aria-hidden />}
          onClick={() => {
            act.reset()
            setPerson(null)
            setReason('')
            give.open()
          }}
        >
          Give to a person
        </Button>
      ) : null}
      <FormDialog opened={giving} onClose={give.close} title={`Give ${role.name}`} verb="Give" onSubmit={() => person && act.run({ personId: person, take: false, reason })} busy={act.busy} error={act.error} refused="The role was not given.">
        <ChoosePerson label="Person" value={person} onChange={setPerson} error={fault(act.error, 'personId')} without={rows.map((one) => one.id)} required />
        <Reason value={reason} onChange={setReason} label="Why (optional)" />
      </FormDialog>
      <Confirm opened={taking !== undefined} onClose={() => setTaking(undefined)} title={`Remove ${role.name} from ${taking?.name ?? ''}?`} verb="Remove the role" tone="bad" onConfirm={() => taking && act.run({ personId: taking.id, take: true, reason })} busy={act.busy} error={act.error}>
        What rests on it ends at once: permissions, and votes that counted through it.
        <Reason value={reason} onChange={setReason} label="Why (optional)" />
      </Confirm>
    </div>
  )
}
