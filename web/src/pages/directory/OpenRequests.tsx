import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { StateBadge } from '~/parts/StateBadge'
import { Card } from '~/ui/Card'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'

/** What somebody has asked for and still waits for. */
export function OpenRequests({ requesterId, name }: { requesterId: string; name: string }) {
  const mayRead = useMay('requests-read')
  const requests = useQuery({
    queryKey: ['requests', 'open-of', requesterId],
    queryFn: () => data(api.GET('/api/v1/requests', { params: { query: { view: 'pending', requester: requesterId, limit: 20 } } })),
    enabled: mayRead,
  })
  if (!mayRead) return null
  const items = requests.data?.items ?? []
  return (
    <Card title="Open requests" flush>
      {requests.isError ? <ProblemNote error={requests.error} what="The requests could not be loaded." retry={() => void requests.refetch()} /> : null}
      {requests.isPending ? <Loading what="the requests" lines={2} /> : null}
      {requests.data && items.length === 0 ? <Empty icon={<IconInbox size={18} />} title={`${name} waits for nothing.`} /> : null}
      {items.length > 0 ? (
        <Rows
          label={`Open requests of ${name}`}
          rows={items}
          keyOf={(one) => one.id}
          columns={[
            {
              head: 'Request',
              bare: true,
              cell: (one) => (
                <Link to={paths.request} params={{ request: one.number }}>
                  {one.number}
                </Link>
              ),
            },
            { head: 'What', cell: (one) => `${one.action.title} on ${one.resource.name}` },
            { head: 'State', cell: (one) => <StateBadge state={one.state} bare /> },
            { head: 'Asked', cell: (one) => <Time at={one.openedAt} /> },
          ]}
        />
      ) : null}
    </Card>
  )
}
