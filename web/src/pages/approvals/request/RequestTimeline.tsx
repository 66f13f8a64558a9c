import { useQuery } from '@tanstack/react-query'
import { paths } from '~/app/paths'
import { Quote } from '~/parts/Quote'
import { deliveredLine, withoutDeliveries } from '~/parts/deliveries'
import { newestFirst, Timeline } from '~/parts/Timeline'
import { VisibleText } from '~/parts/VisibleText'
import { webAddress } from '~/parts/webAddress'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { namesOf } from './names'
import { timelineQuery } from './queries'
import type { Detail } from './shape'
import { tell, type Telling } from './timeline'
import classes from './RequestTimeline.module.css'

/** Everything that happened to the request, newest first, in sentences. */
export function RequestTimeline({ request, me }: { request: Detail; me: string }) {
  const timeline = useQuery(timelineQuery(request.number))
  const names = namesOf(request)
  const folded = withoutDeliveries(timeline.data ?? [])
  return (
    <Card title="Timeline">
      {timeline.isPending ? <Loading what="the timeline" lines={3} /> : null}
      {timeline.isError ? (
        <ProblemNote error={timeline.error} what="The timeline could not be loaded." retry={() => void timeline.refetch()} />
      ) : null}
      {timeline.data?.length === 0 ? <p className={classes.dim}>The log is a moment behind; what happened shows here shortly.</p> : null}
      {timeline.data ? (
        <Timeline
          lines={newestFirst([
            ...folded.items.flatMap((item, at) =>
              tell(item, names).map((telling, part) => ({
                key: `${folded.items.length - at}-${part}`,
                look: telling.look,
                at: item.at,
                children: <Told telling={telling} me={me} reason={request.reason} />,
              })),
            ),
            ...deliveredLine(folded, 'told'),
          ])}
        />
      ) : null}
    </Card>
  )
}

/** One entry; the reason of the ask stands on the page already. */
function Told({ telling, me, reason }: { telling: Telling; me: string; reason?: string }) {
  const { who, words, request, quote, detail } = telling
  return (
    <>
      {who ? <strong title={who.handle ? `@${who.handle}` : undefined}>{who.id === me ? 'You' : who.name}</strong> : null} <VisibleText>{words}</VisibleText>
      {request ? (
        <>
          {' '}
          <Link to={paths.request} params={{ request }}>
            {request}
          </Link>
        </>
      ) : null}
      {quote && quote !== reason ? <Quote small>{quote}</Quote> : null}
      {detail ? (
        <div className={classes.dim}>
          {webAddress(detail) ? (
            <a href={webAddress(detail)} rel="noreferrer noopener" target="_blank">
              {detail}
            </a>
          ) : (
            <VisibleText>{detail}</VisibleText>
          )}
        </div>
      ) : null}
    </>
  )
}
