import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data, type Schemas } from '~/api/client'
import { useMay } from '~/app/session'
import { Held } from '~/parts/Held'
import { Named } from '~/parts/Named'
import { useOwnAct } from '~/parts/ownAct'
import { permissionWords } from '~/parts/permissions'
import { Reason, reasonHeader } from '~/parts/Reason'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'
import { Empty } from '~/ui/Empty'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { type Column, Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import { GivePermission, type GiveWish } from './GivePermission'

type Given = Schemas['PermissionGrantStoreGivenRow']

/** What no role carries: given by name, for listed actions at listed places. */
export function GivenPermissions({ principalId, name }: { principalId: string; name: string }) {
  const mayChange = useMay('directory-write')
  const [giving, setGiving] = useState(false)
  const [taking, setTaking] = useState<Given>()
  const [reason, setReason] = useState('')
  const given = useQuery({
    queryKey: ['directory', 'permission-grants', principalId],
    queryFn: () => data(api.GET('/api/v1/permission-grants', { params: { query: { principal: principalId, limit: 200 } } })),
  })
  const give = useOwnAct<GiveWish>({
    name: `give-permission-${principalId}`,
    touches: ['directory', 'me'],
    onSent: () => setGiving(false),
    act: ({ body, reason: why, key }) => api.POST('/api/v1/permission-grants', { params: { header: { 'Idempotency-Key': key } }, headers: reasonHeader(why), body }),
  })
  const take = useOwnAct<{ grant: string; permission: string; reason: string }>({
    name: `take-permission-${principalId}`,
    touches: ['directory', 'me'],
    onSent: () => setTaking(undefined),
    act: (wish) => api.DELETE('/api/v1/permission-grants/{grant}', { params: { path: { grant: wish.grant } }, headers: reasonHeader(wish.reason) }),
  })
  const items = given.data?.items ?? []
  const columns: Array<Column<Given>> = [
    { head: 'Permission', bare: true, cell: (one) => permissionWords(one.permission) },
    { head: 'Actions', cell: (one) => <code>{one.actions.join(', ')}</code> },
    {
      head: 'Where',
      cell: (one) => (
        <>
          {one.resources.map((id, at) => (
            <span key={id}>
              {at > 0 ? ', ' : ''}
              <Named id={id} />
            </span>
          ))}
        </>
      ),
    },
    {
      head: 'Given',
      cell: (one) => (
        <>
          <Time at={one.grantedAt} /> by <Named id={one.grantedBy} />
        </>
      ),
    },
  ]
  if (mayChange) {
    columns.push({
      head: 'Take back',
      bare: true,
      end: true,
      narrow: true,
      cell: (one) => (
        <Button
          variant="subtle"
          size="xs"
          color="gray"
          aria-label={`Take back: ${permissionWords(one.permission)}`}
          onClick={() => {
            take.reset()
            setReason('')
            setTaking(one)
          }}
        >
          Take back…
        </Button>
      ),
    })
  }
  return (
    <Card
      title="Permissions given by name"
      flush
      aside={
        mayChange ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              give.reset()
              setGiving(true)
            }}
          >
            Give a permission
          </Button>
        ) : null
      }
    >
      {give.held || take.held ? (
        <div style={{ padding: '0 14px' }}>
          <Held act={give} what={`${permissionWords(give.held?.wish.body.permission ?? '')}, for ${name}`} />
          <Held act={take} what={`Take back: ${permissionWords(take.held?.wish.permission ?? '')}`} />
        </div>
      ) : null}
      {given.isError ? <ProblemNote error={given.error} what="The permissions could not be loaded." retry={() => void given.refetch()} /> : null}
      {given.isPending ? <Loading what="the permissions" lines={2} /> : null}
      {given.data && items.length === 0 ? (
        <Empty icon={<IconKey size={18} />} title="None.">
          Break-glass, asking on behalf of others and redeeming grants of others are given one by one, for listed actions and places.
        </Empty>
      ) : null}
      {items.length > 0 ? <Rows label={`Permissions of ${name}`} rows={items} columns={columns} keyOf={(one) => one.id} /> : null}
      <GivePermission principalId={principalId} name={name} opened={giving} onClose={() => setGiving(false)} act={give} />
      <Confirm
        opened={taking !== undefined}
        onClose={() => setTaking(undefined)}
        title={`Take this back from ${name}?`}
        verb="Take back"
        tone="bad"
        onConfirm={() => taking && take.run({ grant: taking.id, permission: taking.permission, reason })}
        busy={take.busy}
        error={take.error}
      >
        {taking ? permissionWords(taking.permission) : ''}: it ends at once, for all the listed actions and places.
        <Reason value={reason} onChange={setReason} label="Why (optional)" />
      </Confirm>
    </Card>
  )
}
