import { MultiSelect, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, data, newKey, type Schemas } from '~/api/client'
import { useMe } from '~/app/session'
import type { OwnAct } from '~/parts/ownAct'
import { oneByOne, permissionWords } from '~/parts/permissions'
import { actionsQuery, placesQuery } from '~/parts/places'
import { Reason } from '~/parts/Reason'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'

export interface GiveWish {
  body: Schemas['PermissionGrantsGivenForm']
  reason: string
  key: string
}

interface GivePermissionProps {
  principalId: string
  name: string
  opened: boolean
  onClose: () => void
  act: OwnAct<GiveWish>
}

/** Which permission, for which actions, where: nothing is given for everything. */
export function GivePermission({ principalId, name, opened, onClose, act }: GivePermissionProps) {
  const me = useMe()
  const [permission, setPermission] = useState<string | null>('breakglass-open')
  const [actions, setActions] = useState<string[]>([])
  const [resources, setResources] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const [key, setKey] = useState(newKey)
  const known = useQuery({ ...actionsQuery, enabled: opened }).data?.items ?? []
  const places = useQuery({ ...placesQuery, enabled: opened }).data ?? []
  const kinds = useQuery({
    queryKey: ['directory', 'names', principalId],
    queryFn: () => data(api.GET('/api/v1/names', { params: { query: { id: [principalId] } } })),
    enabled: opened,
  }).data?.items[0]?.kind
  useEffect(() => setKey(newKey()), [permission, actions, resources, reason])
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={`Give ${name} a permission`}
      verb="Give"
      onSubmit={() => permission && act.run({ body: { principalId, permission, actions, resources }, reason, key })}
      busy={act.busy}
      error={act.error}
      refused="The permission was not given."
    >
      <Select
        label="Permission"
        data-autofocus
        allowDeselect={false}
        data={oneByOne.filter((one) => kinds === undefined || kinds === 'person' || one !== 'breakglass-open').map((one) => ({ value: one, label: permissionWords(one) }))}
        value={permission}
        error={fault(act.error, 'permission')}
        onChange={setPermission}
      />
      <MultiSelect
        mt="sm"
        label="For which actions"
        searchable
        clearable
        data={known.map((one) => ({ value: one.id, label: `${one.title} (${one.id})` }))}
        value={actions}
        error={fault(act.error, 'actions')}
        onChange={setActions}
      />
      <MultiSelect
        mt="sm"
        label="Where"
        description="A project stands for its environments, the organization for everything."
        searchable
        clearable
        data={[{ group: 'Organization', items: [{ value: me.organization.id, label: me.organization.name }] }, ...places]}
        value={resources}
        error={fault(act.error, 'resources')}
        onChange={setResources}
      />
      <Reason value={reason} onChange={setReason} label="Why (optional)" />
    </FormDialog>
  )
}
