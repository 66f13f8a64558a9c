import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconServer } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data, type Schemas } from '~/api/client'
import { useMay } from '~/app/session'
import { FrozenMark, TierMark } from '~/parts/EnvironmentTag'
import { Named } from '~/parts/Named'
import { Card } from '~/ui/Card'
import { Empty } from '~/ui/Empty'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { type Column, Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import { type EnvironmentAct, EnvironmentActs } from './EnvironmentActs'
import { AddEnvironment } from './EnvironmentForm'
import classes from './Places.module.css'

type Environment = Schemas['ThingViewsEnvironmentView']

/** The environments of a project: how near to production, on which cluster, and whether frozen. */
export function Environments({ project }: { project: Schemas['ThingViewsThingView'] }) {
  const mayChange = useMay('projects-write')
  const mayFreeze = useMay('environments-freeze')
  const [adding, add] = useDisclosure(false)
  const [acting, setActing] = useState<{ id: string; what: EnvironmentAct }>()
  const environments = useQuery({
    queryKey: ['places', 'environments', project.id],
    queryFn: () => data(api.GET('/api/v1/environments', { params: { query: { project: project.id, limit: 200 } } })),
  })
  const items = environments.data?.items ?? []
  const columns: ReadonlyArray<Column<Environment>> = [
    { head: 'Environment', bare: true, cell: (one) => one.name },
    { head: 'Tier', cell: (one) => <TierMark tier={one.tier} /> },
    { head: 'Cluster', cell: (one) => (one.clusterId ? <Named id={one.clusterId} /> : 'None') },
    {
      head: 'State',
      cell: (one) =>
        one.frozen ? (
          <>
            <FrozenMark />
            <div className={classes.about}>
              {one.frozenAt ? <Time at={one.frozenAt} /> : null}
              {one.frozenBy ? (
                <>
                  {' '}
                  by <Named id={one.frozenBy} />
                </>
              ) : null}
              {one.freezeReason ? `: ${one.freezeReason}` : ''}
            </div>
          </>
        ) : (
          'Open'
        ),
    },
    ...(mayChange || mayFreeze
      ? [
          {
            head: 'Actions',
            bare: true,
            end: true,
            cell: (one: Environment) => (
              <div className={classes.actions}>
                {mayFreeze ? (
                  <Button variant="default" size="xs" aria-label={`${one.frozen ? 'Unfreeze' : 'Freeze'} ${one.name}`} onClick={() => setActing({ id: one.id, what: 'freeze' })}>
                    {one.frozen ? 'Unfreeze…' : 'Freeze…'}
                  </Button>
                ) : null}
                {mayChange ? (
                  <>
                    <Button variant="subtle" size="xs" color="gray" aria-label={`Edit ${one.name}`} onClick={() => setActing({ id: one.id, what: 'edit' })}>
                      Edit
                    </Button>
                    <Button variant="subtle" size="xs" color="gray" aria-label={`Remove ${one.name}`} onClick={() => setActing({ id: one.id, what: 'remove' })}>
                      Remove…
                    </Button>
                  </>
                ) : null}
              </div>
            ),
          },
        ]
      : []),
  ]
  return (
    <Card
      title="Environments"
      flush
      aside={
        mayChange ? (
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add.open}>
            Add environment
          </Button>
        ) : null
      }
    >
      {environments.isError ? <ProblemNote error={environments.error} what="The environments could not be loaded." retry={() => void environments.refetch()} /> : null}
      {environments.isPending ? <Loading what="the environments" lines={3} /> : null}
      {environments.data && items.length === 0 ? (
        <Empty icon={<IconServer size={18} />} title="No environment yet.">
          Add production first: it is what policies are for.
        </Empty>
      ) : null}
      {items.length > 0 ? <Rows label={`Environments of ${project.name}`} rows={items} columns={columns} keyOf={(one) => one.id} /> : null}
      {items.map((one) => (
        <EnvironmentActs key={one.id} environment={one} act={acting?.id === one.id ? acting.what : undefined} onClose={() => setActing(undefined)} />
      ))}
      <AddEnvironment project={project} opened={adding} onClose={add.close} />
    </Card>
  )
}
