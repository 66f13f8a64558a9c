import { Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, newKey, type Schemas } from '~/api/client'
import type { OwnAct } from '~/parts/ownAct'
import { clustersQuery } from '~/parts/places'
import { Reason } from '~/parts/Reason'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'

const tiers = [
  { value: 'production', label: 'Production' },
  { value: 'staging', label: 'Staging' },
  { value: 'development', label: 'Development' },
]

interface FieldsProps {
  name: string
  setName: (name: string) => void
  tier: string
  setTier: (tier: string) => void
  cluster: string | null
  setCluster: (id: string | null) => void
  error: unknown
}

function EnvironmentFields({ name, setName, tier, setTier, cluster, setCluster, error }: FieldsProps) {
  const clusters = useQuery(clustersQuery).data ?? []
  return (
    <>
      <TextInput label="Name" data-autofocus required withAsterisk={false} autoCapitalize="none" spellCheck={false} value={name} error={fault(error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      <Select mt="sm" label="Tier" description="Policies can hold for production alone." allowDeselect={false} data={tiers} value={tier} error={fault(error, 'tier')} onChange={(value) => value && setTier(value)} />
      <Select mt="sm" label="Cluster (optional)" searchable clearable data={clusters.map((one) => ({ value: one.id, label: one.name }))} value={cluster} error={fault(error, 'clusterId')} onChange={setCluster} />
    </>
  )
}

/** A new environment of a project. */
export function AddEnvironment({ project, opened, onClose }: { project: { id: string; name: string }; opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [tier, setTier] = useState('production')
  const [cluster, setCluster] = useState<string | null>(null)
  const [key, setKey] = useState(newKey)
  useEffect(() => setKey(newKey()), [name, tier, cluster])
  const add = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/environments', {
        params: { header: { 'Idempotency-Key': key } },
        body: { projectId: project.id, name, tier, clusterId: cluster ?? undefined },
      }),
    onSuccess: () => {
      setName('')
      onClose()
      return client.invalidateQueries({ queryKey: ['places'] })
    },
  })
  return (
    <FormDialog opened={opened} onClose={onClose} title={`Add an environment to ${project.name}`} verb="Add" onSubmit={() => add.mutate()} busy={add.isPending} error={add.error} refused="The environment was not added.">
      <EnvironmentFields {...{ name, setName, tier, setTier, cluster, setCluster }} error={add.error} />
    </FormDialog>
  )
}

export interface EditWish {
  version: number
  body: Schemas['EnvironmentsEnvironmentPatch']
  reason: string
}

interface EditEnvironmentProps {
  environment: Schemas['ThingViewsEnvironmentView']
  opened: boolean
  onClose: () => void
  act: OwnAct<EditWish>
}

/** Another name, tier or cluster; what takes rules away from it may need approval. */
export function EditEnvironment({ environment, opened, onClose, act }: EditEnvironmentProps) {
  const [name, setName] = useState(environment.name)
  const [tier, setTier] = useState(environment.tier)
  const [cluster, setCluster] = useState<string | null>(environment.clusterId ?? null)
  const [reason, setReason] = useState('')
  const [version, setVersion] = useState(environment.version)
  useEffect(() => {
    if (!opened) return
    setName(environment.name)
    setTier(environment.tier)
    setCluster(environment.clusterId ?? null)
    setReason('')
    setVersion(environment.version)
    act.reset()
    // Filled when it opens, and left alone while somebody types.
  }, [opened])
  const submit = () => act.run({ version, body: { name, tier, clusterId: cluster ?? '' }, reason })
  const moved = tier !== environment.tier || (cluster ?? undefined) !== environment.clusterId
  return (
    <FormDialog opened={opened} onClose={onClose} title={`Edit ${environment.path}`} verb="Save" onSubmit={submit} busy={act.busy} error={act.error} refused="Nothing was saved.">
      <EnvironmentFields {...{ name, setName, tier, setTier, cluster, setCluster }} error={act.error} />
      {moved ? <Reason value={reason} onChange={setReason} /> : null}
    </FormDialog>
  )
}
