import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, data, newKey, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { Link } from '~/ui/Link'
import { ProblemNote } from '~/ui/ProblemNote'
import { type Column, Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import classes from './Audience.module.css'

type Delivery = Schemas['DeliveriesDeliveryView']

interface FailedDeliveriesProps {
  destinations: ReadonlyArray<Schemas['DestinationsDestinationView']>
  mayRetry: boolean
}

/** What was given up, the latest first; nothing at all where everything arrived. */
export function FailedDeliveries({ destinations, mayRetry }: FailedDeliveriesProps) {
  const failed = useQuery({
    queryKey: ['notifications', 'failed'],
    queryFn: () => data(api.GET('/api/v1/notification-deliveries', { params: { query: { state: 'failed', limit: 10 } } })),
  })
  if (failed.isError) {
    return <ProblemNote error={failed.error} what="What did not arrive could not be loaded." retry={() => void failed.refetch()} />
  }
  if (!failed.data || failed.data.items.length === 0) return null
  const called = (one: Delivery) => destinations.find((destination) => destination.id === one.recipientId)?.name ?? (one.means === 'email' ? 'a person’s mail' : 'a former destination')
  const columns: Column<Delivery>[] = [
    {
      head: 'About',
      bare: true,
      cell: (one) => (
        <>
          <Link to={paths.auditEntry} params={{ leafIndex: String(one.leafIndex) }}>
            {one.about}
          </Link>
          <div className={classes.address}>
            to {called(one)}, <Time at={one.endedAt ?? one.madeAt} />
          </div>
        </>
      ),
    },
    { head: 'Why', cell: (one) => one.lastError },
    ...(mayRetry ? [{ head: 'Acts', bare: true, end: true, cell: (one: Delivery) => <Retry delivery={one} /> }] : []),
  ]
  return (
    <>
      <h3 className={classes.head}>What did not arrive</h3>
      <Rows label="Deliveries that were given up" rows={failed.data.items} columns={columns} keyOf={(one) => one.id} />
    </>
  )
}

function Retry({ delivery }: { delivery: Delivery }) {
  const client = useQueryClient()
  const retry = useMutation({
    mutationFn: () => api.POST('/api/v1/notification-deliveries/{delivery}/retry', { params: { path: { delivery: delivery.id }, header: { 'Idempotency-Key': newKey() } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
  return (
    <>
      <Button variant="default" size="xs" aria-label={`Try ${delivery.about} again`} loading={retry.isPending} onClick={() => retry.mutate()}>
        Try again
      </Button>
      {retry.error ? <ProblemNote error={retry.error} what="It is not tried again." /> : null}
    </>
  )
}
