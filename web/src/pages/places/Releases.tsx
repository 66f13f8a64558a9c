import { Button, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPackage, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, data, newKey, type Schemas } from '~/api/client'
import { useMay } from '~/app/session'
import { Card } from '~/ui/Card'
import { Copy } from '~/ui/Copy'
import { Empty } from '~/ui/Empty'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { Loading } from '~/ui/Loading'
import { Pager } from '~/ui/Pager'
import { ProblemNote } from '~/ui/ProblemNote'
import { type Column, Rows } from '~/ui/Rows'

const columns: ReadonlyArray<Column<Schemas['Release']>> = [
  { head: 'Release', bare: true, cell: (one) => one.name },
  { head: 'Source', cell: (one) => <code>{one.sourceReference}</code> },
  { head: 'Id', bare: true, end: true, cell: (one) => <Copy text={one.id} what="id" /> },
]

/** The releases of a project: what can be deployed, by name and source. */
export function Releases({ project }: { project: Schemas['ThingViewsThingView'] }) {
  const client = useQueryClient()
  const mayChange = useMay('projects-write')
  const [cursor, setCursor] = useState<string>()
  const [adding, add] = useDisclosure(false)
  const [name, setName] = useState('')
  const [source, setSource] = useState('')
  const [key, setKey] = useState(newKey)
  useEffect(() => setKey(newKey()), [name, source])
  const releases = useQuery({
    queryKey: ['places', 'releases', project.id, cursor],
    queryFn: () => data(api.GET('/api/v1/releases', { params: { query: { project: project.id, cursor, limit: 25 } } })),
    placeholderData: keepPreviousData,
  })
  const make = useMutation({
    mutationFn: () => api.POST('/api/v1/releases', { params: { header: { 'Idempotency-Key': key } }, body: { projectId: project.id, name, sourceReference: source } }),
    onSuccess: () => {
      setName('')
      setSource('')
      add.close()
      return client.invalidateQueries({ queryKey: ['places'] })
    },
  })
  const items = releases.data?.items ?? []
  return (
    <Card
      title="Releases"
      flush
      aside={
        mayChange ? (
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add.open}>
            Add release
          </Button>
        ) : null
      }
    >
      {releases.isError ? <ProblemNote error={releases.error} what="The releases could not be loaded." retry={() => void releases.refetch()} /> : null}
      {releases.isPending ? <Loading what="the releases" lines={3} /> : null}
      {releases.data && items.length === 0 ? (
        <Empty icon={<IconPackage size={18} />} title="No release yet.">
          Pipelines make them known; you can as well.
        </Empty>
      ) : null}
      {items.length > 0 ? <Rows label={`Releases of ${project.name}`} rows={items} columns={columns} keyOf={(one) => one.id} /> : null}
      {releases.data?.nextCursor || cursor ? (
        <div style={{ padding: '0 14px 12px' }}>
          <Pager cursor={cursor} nextCursor={releases.data?.nextCursor} onGo={setCursor} />
        </div>
      ) : null}
      <FormDialog opened={adding} onClose={add.close} title={`Add a release to ${project.name}`} verb="Add" onSubmit={() => make.mutate()} busy={make.isPending} error={make.error} refused="The release was not added.">
        <TextInput label="Name" description="For example v2.31.0" data-autofocus required withAsterisk={false} value={name} error={fault(make.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput mt="sm" label="Source" description="What it is made of: a whole commit id or an image digest, alone or at the end. Branches and tags can be moved." required withAsterisk={false} spellCheck={false} value={source} error={fault(make.error, 'sourceReference')} onChange={(event) => setSource(event.currentTarget.value)} />
      </FormDialog>
    </Card>
  )
}
