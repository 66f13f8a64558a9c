import { IconChecks, IconHourglass, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { countsQuery, countWords } from '~/app/counts'
import { paths } from '~/app/paths'
import { useMay, useMe } from '~/app/session'
import { HowToAsk } from '~/parts/HowToAsk'
import { count } from '~/parts/requests'
import { useRequestPage } from '~/parts/useRequestPage'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { spokenDuration } from '~/ui/time'
import { BreakglassCard } from './BreakglassCard'
import { AskedRows, WaitingRows } from './HomeRows'
import { OwedCard } from './OwedCard'

const FEW = 6

/** What waits for me, what I asked and what comes next, what has waited too long, what I owe. */
export function YourHome() {
  const me = useMe()
  const asks = useMay('ask')
  const counts = useQuery(countsQuery).data
  const waiting = useRequestPage({ view: 'mine', order: 'deadline', limit: FEW })
  const asked = useRequestPage({ view: 'all', filters: { requester: me.id }, order: 'newest', limit: FEW + 2, enabled: asks })
  return (
    <Columns
      side={
        <>
          <BreakglassCard />
          <StaleCard />
          <OwedCard />
        </>
      }
    >
      <Card
        title="Waits for you"
        hint={counts ? countWords(counts.mine, counts.mineMore) : undefined}
        aside={<Link to={paths.inbox}>Open the inbox</Link>}
        tone={waiting.data && waiting.data.rows.length > 0 ? 'yours' : 'plain'}
        flush
      >
        {waiting.isPending ? (
          <Loading what="requests" />
        ) : waiting.isError ? (
          <ProblemNote error={waiting.error} what="They could not be loaded." retry={() => void waiting.refetch()} />
        ) : waiting.data.rows.length === 0 ? (
          <Empty icon={<IconChecks size={20} stroke={1.6} />} title="Nothing waits for you.">
            {counts && counts.pending > 0 ? (
              <>
                {count(counts.pending, 'request waits', 'requests wait')} for others.{' '}
                <Link to={paths.inbox} search={{ view: 'pending' }}>
                  See all pending
                </Link>
              </>
            ) : null}
          </Empty>
        ) : (
          <WaitingRows rows={waiting.data.rows} />
        )}
      </Card>
      {asks ? (
        <Card title="What you asked" flush>
          {asked.isPending ? (
            <Loading what="your requests" />
          ) : asked.isError ? (
            <ProblemNote error={asked.error} what="Your requests could not be loaded." retry={() => void asked.refetch()} />
          ) : asked.data.rows.length === 0 ? (
            <Empty icon={<IconSend size={20} stroke={1.6} />} title="You have asked for nothing yet." action={<HowToAsk />}>
              What you push, apply or run through a gate appears here, with what comes next.
            </Empty>
          ) : (
            <AskedRows rows={asked.data.rows} />
          )}
        </Card>
      ) : null}
    </Columns>
  )
}

/** How many requests have waited for longer than the organization wants. */
export function StaleCard() {
  const me = useMe()
  const counts = useQuery(countsQuery).data
  if (!counts) return null
  return (
    <Card title="Waiting for too long">
      {counts.stale > 0 ? (
        <Note tone="pending" title={`${count(counts.stale, 'request is', 'requests are')} stale:`}>
          pending for more than {spokenDuration(me.organization.staleAfter)}.{' '}
          <Link to={paths.inbox} search={{ view: 'pending' }}>
            See all pending
          </Link>
        </Note>
      ) : (
        <span style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
          <IconHourglass size={15} stroke={1.7} aria-hidden style={{ flex: 'none' }} /> <span>Nothing has been pending for more than {spokenDuration(me.organization.staleAfter)}.</span>
        </span>
      )}
    </Card>
  )
}
