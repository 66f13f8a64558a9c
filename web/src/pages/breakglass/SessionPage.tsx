import { Button, Group } from '@mantine/core'
import { IconCircleDashed, IconLock, IconPlayerStop } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { paths } from '~/app/paths'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import { useNow } from '~/ui/useNow'
import { ActionsTaken } from './ActionsTaken'
import { ClosureFiled, ReviewFiled } from './Aftermath'
import { ClosureSheet } from './ClosureSheet'
import { EndNow } from './EndNow'
import classes from './Glass.module.css'
import { ReviewSheet } from './ReviewSheet'
import { SessionFacts } from './SessionFacts'
import { Owes, SessionBadge } from './SessionRows'
import { SessionTimeline } from './SessionTimeline'
import { type SessionDetail, sessionQuery } from './shape'
import { TimeLeft } from './TimeLeft'
import { UseIt } from './UseIt'
import { debts, endWords, requestName } from './words'

const route = getRouteApi('/inside/breakglass/$session')

/** One session: how long still, what was done in it, what is owed, and what happened. */
export function SessionPage() {
  const { session: name } = route.useParams()
  const query = useQuery(sessionQuery(name))
  const crumbs = (
    <>
      <Link to={paths.breakglass}>Break-glass</Link>
      <span aria-hidden>›</span>
      <span>{query.data?.name ?? name}</span>
    </>
  )
  if (query.isError && !query.data) {
    return (
      <Page title={name} width="detail" crumbs={crumbs}>
        <ProblemNote error={query.error} what={`${name} could not be shown.`} retry={() => void query.refetch()} />
      </Page>
    )
  }
  if (!query.data) {
    return (
      <Page title={name} width="detail" crumbs={crumbs}>
        <Card flush>
          <Loading what="the session" lines={8} />
        </Card>
      </Page>
    )
  }
  return <Shown session={query.data} crumbs={crumbs} />
}

type Sheet = 'end' | 'closure' | 'review' | undefined

function Shown({ session, crumbs }: { session: SessionDetail; crumbs: ReactNode }) {
  const [sheet, show] = useState<Sheet>()
  useReadAtEnd(session)
  const { you } = session
  return (
    <Page
      title={`${session.name} for ${session.incident}`}
      width="detail"
      crumbs={crumbs}
      heading={
        <Group gap={12}>
          <span>
            {session.name} for <VisibleText>{session.incident}</VisibleText>
          </span>
          <SessionBadge session={session} bare={false} />
        </Group>
      }
      actions={
        <>
          {you.mayClose ? <Button onClick={() => show('closure')}>File the closure…</Button> : null}
          {you.mayReview ? (
            <Button variant={you.mayClose ? 'default' : 'filled'} onClick={() => show('review')}>
              Review…
            </Button>
          ) : null}
          {you.mayRevoke ? (
            <Button variant="outline" color="bad" leftSection={<IconPlayerStop size={15} aria-hidden />} onClick={() => show('end')}>
              {session.state === 'requested' ? 'Withdraw…' : 'End now…'}
            </Button>
          ) : null}
        </>
      }
    >
      <Columns
        side={
          <>
            <SessionFacts session={session} />
            {session.state === 'not-opened' ? null : (
              <Card tone={debts(session.owed).every((debt) => debt.state === 'done') && session.owed ? 'plain' : 'glass'} title={session.owed ? 'Owed' : 'Owed after it ends'}>
                {session.owed ? <Owes session={session} /> : <WillOwe session={session} />}
                {you.whyNotReview ? <p className={classes.dim}>{`You cannot review it: ${you.whyNotReview}.`}</p> : null}
              </Card>
            )}
            {session.state === 'active' ? <Cannot /> : null}
          </>
        }
      >
        <Standing session={session} />
        {session.state === 'active' && you.owner ? <UseIt session={session} /> : null}
        <ActionsTaken session={session} />
        {session.closure ? <ClosureFiled closure={session.closure} /> : null}
        {session.review ? <ReviewFiled review={session.review} /> : null}
        <SessionTimeline session={session.name} />
      </Columns>
      {sheet === 'end' ? <EndNow session={session} onClose={() => show(undefined)} /> : null}
      {sheet === 'closure' ? <ClosureSheet session={session} onClose={() => show(undefined)} /> : null}
      {sheet === 'review' ? <ReviewSheet session={session} onClose={() => show(undefined)} /> : null}
    </Page>
  )
}

/** Where it stands, in the loudest words the state deserves. */
function Standing({ session }: { session: SessionDetail }) {
  const by = session.endedBy && session.endedWhy === 'revoked' ? ` by ${session.endedBy.name}` : ''
  switch (session.state) {
    case 'active':
      return <TimeLeft session={session} />
    case 'requested':
      return (
        <Note tone="pending" title={session.request ? `This needs approval: ${requestName(session.request.number)}.` : 'This needs approval.'}>
          Its time starts when its opening is approved; nothing passes by it before.
          {session.request ? (
            <div>
              <Link to={paths.request} params={{ request: requestName(session.request.number) }}>
                Open {requestName(session.request.number)}
              </Link>
            </div>
          ) : null}
        </Note>
      )
    case 'not-opened':
      return <Note title="It was never opened.">{session.endedWhy ? `${endWords(session.endedWhy)}.` : 'Nothing passed by it.'}</Note>
    default:
      return (
        <Note tone="info" title={`It is over: ${endWords(session.endedWhy ?? 'time')}${by}.`}>
          {session.endNote ? <VisibleText>{session.endNote}</VisibleText> : 'Nothing passes by it any more.'}
        </Note>
      )
  }
}

/** The debts of a session from its first minute on. */
function WillOwe({ session }: { session: SessionDetail }) {
  return (
    <ul className={classes.list}>
      <li>
        <IconCircleDashed size={15} className={classes.dimIcon} aria-hidden />
        <span>
          <strong>Closure</strong> {session.closureOwner.name}
        </span>
      </li>
      <li>
        <IconCircleDashed size={15} className={classes.dimIcon} aria-hidden />
        <span>
          <strong>Review</strong> a security manager or compliance officer who had no part in it
        </span>
      </li>
      <li>
        <IconCircleDashed size={15} className={classes.dimIcon} aria-hidden />
        <span>
          <strong>Preventive action</strong> needs an owner
        </span>
      </li>
    </ul>
  )
}

function Cannot() {
  return (
    <Card title="This session cannot">
      <ul className={classes.list}>
        {['be extended', 'be widened', 'be used by anybody but its owner', 'change policies, roles, the audit log or its own review'].map((one) => (
          <li key={one}>
            <IconLock size={15} className={classes.dimIcon} aria-hidden />
            {one}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** When the time is over, the page reads once more what the server says of it. */
function useReadAtEnd(session: SessionDetail) {
  const client = useQueryClient()
  const now = useNow(1)
  const over = session.state === 'active' && session.endsAt !== undefined && Date.parse(session.endsAt) < now
  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: ['breakglass'] })
  }, [over, client])
}
