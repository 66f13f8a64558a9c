import { useQuery } from '@tanstack/react-query'
import { Sentence } from '~/pages/audit/Sentence'
import { deliveredLine, withoutDeliveries } from '~/parts/deliveries'
import { newestFirst, Timeline } from '~/parts/Timeline'
import { Card } from '~/ui/Card'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { timelineQuery } from './shape'
import { momentLook } from './words'

/** Everything that happened in and to a session, as the log tells it. */
export function SessionTimeline({ session }: { session: string }) {
  const query = useQuery(timelineQuery(session))
  if (query.isError && !query.data) return <ProblemNote error={query.error} what="What happened could not be loaded." retry={() => void query.refetch()} />
  const folded = withoutDeliveries(query.data?.items ?? [])
  return (
    <Card title="Timeline">
      {query.data ? (
        <Timeline
          lines={newestFirst([
            ...folded.items
              .map((one, at) => ({
                key: `${at}`,
                look: momentLook(one.type),
                at: one.at,
                children: (
                  <>
                    <strong>{one.actor.id === 'system' ? 'Countersign' : one.actor.name}</strong>: <Sentence type={one.type} entry={one.entry} />
                  </>
                ),
              }))
              .reverse(),
            ...deliveredLine(folded, momentLook('notification-delivered')),
          ])}
        />
      ) : (
        <Loading what="what happened" />
      )}
    </Card>
  )
}
