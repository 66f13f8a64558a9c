import { ActionIcon, Button, Menu } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp, IconDots, IconPrinter, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useKeys } from '~/app/keys'
import { isMissing } from '~/app/missing'
import { NotThere } from '~/app/NotThere'
import { paths } from '~/app/paths'
import { useMay, useMe } from '~/app/session'
import { isWhole, linesBelow } from '~/parts/change/whole'
import { Asked, Deadline } from '~/parts/Deadline'
import { PersonChip } from '~/parts/PersonChip'
import { Quote } from '~/parts/Quote'
import { beganAtOnce } from '~/parts/requests'
import { ReviewStrip } from '~/parts/ReviewStrip'
import { EmergencyMark } from '~/parts/EmergencyMark'
import { RiskTag } from '~/parts/RiskTag'
import { StateBadge } from '~/parts/StateBadge'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Copy } from '~/ui/Copy'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import { Asker } from './request/Asker'
import { CancelRequest } from './request/CancelRequest'
import { ChangeSection } from './request/ChangeSection'
import { DecideBox } from './request/DecideBox'
import { Denied } from './request/Denied'
import { Differences } from './request/Differences'
import { EarlierDenials } from './request/EarlierDenials'
import { FollowUpList } from './request/FollowUpList'
import { GrantCard } from './request/GrantCard'
import { Journey } from './request/Journey'
import { LeftOver } from './request/LeftOver'
import { NextUp } from './request/NextUp'
import { useNews } from './request/news'
import { changeQuery, neighboursQuery, requestQuery } from './request/queries'
import classes from './request/Request.module.css'
import { RequestFacts } from './request/RequestFacts'
import { RequestTimeline } from './request/RequestTimeline'
import { Requirements } from './request/Requirements'
import { Resubmit } from './request/Resubmit'
import { Settle } from './request/Settle'
import type { Detail } from './request/shape'
import { standing, verdict } from './request/verdict'
import { count } from './request/words'
import { YourRequest } from './request/YourRequest'
import { YourVote } from './request/YourVote'
import { walkOf } from './walk'

/** One request: how it stands, why, what it takes, what would change, and the decision. */
export function RequestPage() {
  const { request: name } = useParams({ from: '/inside/approvals/$request' })
  const request = useQuery(requestQuery(name))
  if (request.isPending) {
    return (
      <Page title={name} width="detail">
        <Loading what={name} lines={8} />
      </Page>
    )
  }
  if (isMissing(request.error)) return <NotThere error={request.error} />
  if (!request.data) {
    return (
      <Page title={name} width="detail" crumbs={<Link to={paths.inbox}>Approvals</Link>}>
        <ProblemNote error={request.error} what={`${name} could not be shown.`} retry={() => void request.refetch()} />
      </Page>
    )
  }
  return <Shown key={request.data.id} request={request.data} />
}

const APPROVED = new Set(['approved', 'executing', 'executed', 'grant-expired', 'revoked'])

function Shown({ request }: { request: Detail }) {
  const me = useMe()
  // In one column the change is read before it is decided; on a phone the button to approve is on screen all the while.
  const narrow = useMediaQuery('(max-width: 72em)', false, { getInitialValueInEffect: false })
  const { against } = useSearch({ from: '/inside/approvals/$request' })
  const told = verdict(request, me.id)
  const former = against ?? request.supersedes ?? request.resubmits
  const { title } = request
  const change = (
    <>
      {former ? <Differences request={request} against={former} openAtFirst={against !== undefined} /> : null}
      <ChangeSection request={request} />
    </>
  )
  return (
    <Page
      title={`${title} (${request.number})`}
      heading={<VisibleText>{title}</VisibleText>}
      width="detail"
      crumbs={
        <>
          <Link to={paths.inbox}>Approvals</Link>
          <span aria-hidden>›</span>
          <span>{request.number}</span>
        </>
      }
      actions={<Actions request={request} me={me.id} />}
      facts={<Headline request={request} me={me.id} />}
    >
      <ReviewStrip number={request.number} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <p className={classes.verdict} data-glass={request.breakGlass !== undefined}>
            <strong>
              <VisibleText>{told.bold}</VisibleText>
            </strong>{' '}
            <VisibleText>{told.rest}</VisibleText>
            {request.breakGlass ? (
              <>
                {' '}
                <Link to={paths.breakglassSession} params={{ session: request.breakGlass.session }}>
                  Open {request.breakGlass.session}
                </Link>
              </>
            ) : null}
            {request.successor ? (
              <>
                {' '}
                <Link to={paths.request} params={{ request: request.successor }} search={{ against: request.number }}>
                  Show what differs
                </Link>
              </>
            ) : null}
          </p>
          {request.state === 'denied' ? <Denied request={request} me={me.id} /> : null}
          {request.state === 'expired' ? <Resubmit request={request} me={me.id} /> : null}
          <Settle request={request} />
          {APPROVED.has(request.state) ? <Journey request={request} /> : null}
          {request.reason ? <Quote>{request.reason}</Quote> : <p className={classes.none}>No reason was given.</p>}
          {narrow ? change : null}
          <Asker request={request} me={me.id} />
          {narrow ? <Decision request={request} me={me.id} /> : null}
          <EarlierDenials request={request} />
          <Requirements request={request} me={me.id} />
          {narrow ? null : change}
          <FollowUpList request={request} me={me.id} />
        </div>
        <aside className={classes.side} aria-label="Decision and facts">
          <div className={classes.stay}>
            {narrow ? null : <Decision request={request} me={me.id} />}
            <GrantCard request={request} me={me.id} />
            <RequestFacts request={request} />
          </div>
        </aside>
        <div className={classes.below}>
          <RequestTimeline request={request} me={me.id} />
        </div>
      </div>
    </Page>
  )
}

function Headline({ request, me }: { request: Detail; me: string }) {
  const outcome = request.outcome?.result
  const state = request.breakGlass ? 'break-glass' : request.execution?.outcomeUnknown ? 'outcome-unknown' : request.state === 'executed' && outcome === 'failed' ? 'failed' : beganAtOnce(request) ? 'approved' : request.state
  return (
    <>
      <StateBadge state={state}>{state === 'executed' && outcome === 'succeeded' ? 'Approved · executed' : undefined}</StateBadge>
      <RiskTag risk={request.action.risk} />
      {request.action.emergency ? <EmergencyMark boxed /> : null}
      <span className="nobreak">{request.number}</span>
      <span className={classes.asked}>
        <PersonChip id={request.subject.id} name={request.subject.name} you={request.subject.id === me} kind={request.subject.kind} strong />{' '}
        <Asked at={request.openedAt} stale={request.state === 'pending' && request.stale} />
      </span>
      {request.state === 'pending' ? <Deadline at={request.deadline} /> : null}
    </>
  )
}

/** What the reader can do about it, or why not. */
function Decision({ request, me }: { request: Detail; me: string }) {
  const may = useMay('vote')
  const { news, before, forget } = useNews(request, me)
  const change = useInfiniteQuery({ ...changeQuery(request.number, 'structured'), enabled: request.payloadReadable })
  const own = request.votes.find((vote) => vote.person.id === me && !vote.endedAt)
  const told =
    news.length > 0 ? (
      <Note tone={request.state === before ? 'info' : 'replaced'} title={news.join(' ')}>
        <Button variant="default" size="compact-xs" onClick={forget}>
          Seen
        </Button>
      </Note>
    ) : null
  const live = <div role="status">{told}</div>
  if (request.state !== 'pending') {
    return (
      <>
        {live}
        <NextUp request={request} />
        <LeftOver me={me} request={request.id} />
      </>
    )
  }
  if (own) return (
    <>
      {live}
      <NextUp request={request} />
      <YourVote request={request} vote={own} />
    </>
  )
  if (request.subject.id === me && !request.canApprove) {
    return (
      <>
        {live}
        <YourRequest request={request} me={me} />
        <LeftOver me={me} request={request.id} />
      </>
    )
  }
  if (!request.canApprove || !may) {
    return (
      <Card title="Your decision">
        {live}
        <Note>{may ? standing(request) : 'Your roles do not vote.'}</Note>
        <LeftOver me={me} request={request.id} />
      </Card>
    )
  }
  const wait = change.isPending
    ? 'The change is still on its way; nobody approves what he has not seen.'
    : change.isError
      ? 'The change could not be loaded; nobody approves what he has not seen.'
      : change.data.pages[0]!.digest !== request.payloadDigest
        ? 'The change on this page is not the one that is asked for any more. Load it again.'
        : undefined
  return (
    <DecideBox
      request={request}
      me={me}
      shown={change.data?.pages[0]?.digest}
      wait={wait}
      news={
        <>
          {live}
          {change.data && !isWhole(change.data.pages) ? <NotAll lines={linesBelow(change.data.pages)} /> : null}
        </>
      }
    />
  )
}

function NotAll({ lines }: { lines: number }) {
  return <Note tone="pending" title={lines > 0 ? `${count(lines, 'line')} of the change ${lines === 1 ? 'is' : 'are'} not on this page.` : 'Part of the change is not on this page.'} />
}

function Actions({ request, me }: { request: Detail; me: string }) {
  const navigate = useNavigate()
  const waiting = useQuery(neighboursQuery).data
  const neighbours = walkOf(request.number) ?? waiting ?? []
  const at = neighbours.indexOf(request.number)
  const [cancelling, setCancelling] = useState(false)
  const mayCancel = useMay('requests-cancel') && request.subject.id === me && request.state === 'pending'
  const go = (to: string | undefined) => {
    if (to) void navigate({ to: paths.request, params: { request: to } })
  }
  const before = at > 0 ? neighbours[at - 1] : undefined
  const next = neighbours[at + 1]
  useKeys([
    { keys: 'j', does: 'next request of the list', run: () => go(next) },
    { keys: 'k', does: 'the one before', run: () => go(before) },
  ])
  return (
    <div className={classes.actions}>
      {neighbours.length > 0 ? (
        <>
          {at >= 0 ? (
            <span className={classes.dim}>
              {at + 1} of {neighbours.length}
            </span>
          ) : null}
          <ActionIcon aria-label="The request before (K)" disabled={!before} onClick={() => go(before)}>
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon aria-label="The next request (J)" disabled={!next} onClick={() => go(next)}>
            <IconChevronDown size={16} />
          </ActionIcon>
        </>
      ) : null}
      <Copy as="button" what="link" text={`${window.location.origin}/approvals/${request.number}`} />
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon aria-label="More">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPrinter size={15} />} onClick={() => window.print()}>
            Print
          </Menu.Item>
          {mayCancel ? (
            <Menu.Item leftSection={<IconTrash size={15} />} color="bad" onClick={() => setCancelling(true)}>
              Cancel the request…
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <CancelRequest request={request} opened={cancelling} onClose={() => setCancelling(false)} />
    </div>
  )
}
