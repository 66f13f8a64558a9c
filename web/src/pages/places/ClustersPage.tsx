import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconServer } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { TierMark } from '~/parts/EnvironmentTag'
import { Held } from '~/parts/Held'
import { useOwnAct } from '~/parts/ownAct'
import { environmentsQuery } from '~/parts/places'
import { Reason, reasonHeader } from '~/parts/Reason'
import { Confirm } from '~/ui/Confirm'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Page } from '~/ui/Page'
import { type Column, Rows } from '~/ui/Rows'
import classes from './Places.module.css'
import { AddThing, EditThing, useThingEdit } from './ThingForm'

type Cluster = Schemas['ThingViewsThingView']

const route = getRouteApi('/inside/clusters')

/** The clusters, each with the environments that run on it. */
export function ClustersPage() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const mayChange = useMay('directory-write')
  const [adding, add] = useDisclosure(false)
  const [editing, setEditing] = useState<Cluster>()
  const [removing, setRemoving] = useState<Cluster>()
  const [reason, setReason] = useState('')
  const clusters = useQuery({
    queryKey: ['places', 'clusters', cursor],
    queryFn: () => data(api.GET('/api/v1/clusters', { params: { query: { cursor, limit: 50 } } })),
    placeholderData: keepPreviousData,
  })
  const environments = useQuery(environmentsQuery).data
  const remove = useOwnAct<{ id: string; name: string; reason: string }>({
    name: 'cluster-remove',
    touches: ['places', 'findings'],
    onSent: () => setRemoving(undefined),
    act: (wish) => api.DELETE('/api/v1/clusters/{cluster}', { params: { path: { cluster: wish.id } }, headers: reasonHeader(wish.reason) }),
  })
  const edit = useThingEdit('cluster', 'cluster-edit', () => setEditing(undefined))
  const on = (cluster: Cluster) => environments?.filter((one) => one.clusterId === cluster.id) ?? []
  const columns: Array<Column<Cluster>> = [
    {
      head: 'Cluster',
      bare: true,
      cell: (cluster) => (
        <>
          {cluster.name}
          {cluster.description ? <div className={classes.about}>{cluster.description}</div> : null}
        </>
      ),
    },
    {
      head: 'Environments',
      cell: (cluster) =>
        environments === undefined ? (
          '…'
        ) : on(cluster).length === 0 ? (
          'None'
        ) : (
          <span className={classes.marks}>
            {on(cluster).map((one) => (
              <span key={one.id} className={classes.mark}>
                <Link to={paths.project} params={{ project: one.projectId }}>
                  {one.path}
                </Link>
                <TierMark tier={one.tier} />
              </span>
            ))}
          </span>
        ),
    },
  ]
  if (mayChange) {
    columns.push({
      head: 'Actions',
      bare: true,
      end: true,
      cell: (cluster) => (
        <div className={classes.actions}>
          <Button variant="subtle" size="xs" color="gray" aria-label={`Edit ${cluster.name}`} onClick={() => setEditing(cluster)}>
            Edit
          </Button>
          <Button
            variant="subtle"
            size="xs"
            color="gray"
            aria-label={`Remove ${cluster.name}`}
            onClick={() => {
              remove.reset()
              setReason('')
              setRemoving(cluster)
            }}
          >
            Remove…
          </Button>
        </div>
      ),
    })
  }
  return (
    <Page
      title="Clusters"
      actions={
        mayChange ? (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add.open}>
            Add cluster
          </Button>
        ) : null
      }
    >
      <Held act={edit} what={`Rename ${edit.held?.wish.thing.name ?? ''}`} />
      <Held act={remove} what={`Remove ${remove.held?.wish.name ?? ''}`} />
      <Listing
        query={clusters}
        what="clusters"
        cursor={cursor}
        onGo={(to) => void navigate({ search: to ? { cursor: to } : {} })}
        count={(rows) => (rows === 1 ? '1 cluster' : `${rows} clusters`)}
        empty={
          <Empty icon={<IconServer size={20} />} title="No cluster yet.">
            Environments can name the cluster they run on, and policies can hold for a whole cluster.
          </Empty>
        }
      >
        {(rows) => <Rows label="Clusters" rows={rows} columns={columns} keyOf={(one) => one.id} />}
      </Listing>
      <AddThing kind="cluster" opened={adding} onClose={add.close} />
      <EditThing thing={editing} opened={editing !== undefined} onClose={() => setEditing(undefined)} act={edit} />
      <Confirm
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={`Remove ${removing?.name ?? ''}?`}
        verb="Remove"
        tone="bad"
        typed={{ text: removing?.name ?? '', label: 'The cluster’s name' }}
        onConfirm={() => removing && remove.run({ id: removing.id, name: removing.name, reason })}
        busy={remove.busy}
        error={remove.error}
      >
        {removing && on(removing).length > 0 ? 'The environments on it name no cluster any more, and its policies no longer hold for them.' : 'No environment runs on it.'}
        <Reason value={reason} onChange={setReason} />
      </Confirm>
    </Page>
  )
}
