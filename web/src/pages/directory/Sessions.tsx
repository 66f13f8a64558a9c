import { useQuery } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import { Card } from '~/ui/Card'
import { Facts } from '~/ui/Facts'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { Time } from '~/ui/Time'

/** Where a person is signed in, for administrators. */
export function Sessions({ personId }: { personId: string }) {
  const sessions = useQuery({
    queryKey: ['directory', 'sessions', personId],
    queryFn: () => data(api.GET('/api/v1/people/{id}/sessions', { params: { path: { id: personId } } })),
  })
  const items = sessions.data?.items ?? []
  return (
    <Card title="Signed in" hint={sessions.data && items.length > 0 ? String(items.length) : undefined}>
      {sessions.isError ? <ProblemNote error={sessions.error} what="The sessions could not be loaded." retry={() => void sessions.refetch()} /> : null}
      {sessions.isPending ? <Loading what="the sessions" lines={2} /> : null}
      {sessions.data && items.length === 0 ? 'Not signed in anywhere.' : null}
      <Facts of={items.map((one) => [`Session …${one.id.slice(-4)}`, <span key={one.id}>used <Time at={one.lastSeenAt} />, signed in <Time at={one.signedInAt} /></span>] as const)} />
    </Card>
  )
}
