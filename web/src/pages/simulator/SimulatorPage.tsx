import { IconFlask } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { useMe } from '~/app/session'
import { Card } from '~/ui/Card'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import { Answer } from './Answer'
import { AskSheet } from './AskSheet'
import { onlyReasonMissing } from './reason'
import classes from './Simulator.module.css'

/** What is said in place of a reason that is not written yet. */
const STAND_IN = 'A reason that is still to be written.'

const route = getRouteApi('/inside/simulator')

/** An ask that nobody makes, as it stands in the address. */
export interface Ask {
  action?: string | undefined
  /** `project:prj_1`, `organization`. */
  resource?: string | undefined
  subject?: string | undefined
  reason?: string | undefined
  /** An instant; now for none. */
  at?: string | undefined
}

/** Build an ask and see what the gate would answer, by which policies, and who could approve: at any time of the week. */
export function SimulatorPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const me = useMe()
  const recorded = useQuery({
    queryKey: ['requests', 'one', search.request],
    enabled: search.request !== undefined,
    queryFn: () => data(api.GET('/api/v1/requests/{request}', { params: { path: { request: search.request! } } })),
  })
  const from = recorded.data
  // What is in the address wins over what the recorded request says.
  const ask: Ask = useMemo(
    () => ({
      action: search.action ?? from?.action?.id,
      resource: search.resource ?? (from?.resource ? `${from.resource.type}:${from.resource.id}` : undefined),
      subject: search.subject ?? from?.subject?.id,
      reason: search.reason ?? from?.reason,
      at: search.at ?? from?.openedAt,
    }),
    [search, from],
  )
  const change = (part: Ask) =>
    void navigate({
      search: (now) => ({ ...now, ...Object.fromEntries(Object.entries(part).map(([key, value]) => [key, value || undefined])) }),
      replace: true,
    })

  const [type, id] = (ask.resource ?? '').split(/:(.*)/s)
  const ready = Boolean(ask.action && ask.resource)
  const body = {
    action: ask.action ?? '',
    resource: { type: type ?? '', id: id || undefined },
    subject: ask.subject && ask.subject !== me.id ? ask.subject : undefined,
    reason: ask.reason?.trim() || undefined,
    at: ask.at === 'now' ? undefined : ask.at,
  }
  const explained = useQuery({
    queryKey: ['policies', 'explained', body],
    enabled: ready,
    queryFn: () => data(api.POST('/api/v1/explanations', { body })),
    placeholderData: (before) => before,
    retry: false,
  })
  // Where nothing but the reason is missing, the answer with one is what one wants to see.
  const lacksReason = explained.data !== undefined && onlyReasonMissing(explained.data.answer)
  const reasoned = useQuery({
    queryKey: ['policies', 'explained', { ...body, reason: STAND_IN }],
    enabled: ready && lacksReason,
    queryFn: () => data(api.POST('/api/v1/explanations', { body: { ...body, reason: STAND_IN } })),
    placeholderData: (before) => before,
    retry: false,
  }).data

  return (
    <Page
      title="Simulator"
      facts={
        search.request ? (
          <span>
            As asked in{' '}
            <Link to={paths.request} params={{ request: search.request }} underline="always">
              {search.request}
            </Link>
            , judged by the rules of now. Nothing is asked and nothing is recorded.
          </span>
        ) : (
          'Build an ask and see what the gate would answer, and why. Nothing is asked and nothing is recorded.'
        )
      }
    >
      {recorded.isError ? <ProblemNote error={recorded.error} what={`${search.request} could not be loaded.`} retry={() => void recorded.refetch()} /> : null}
      <div className={classes.layout}>
        <AskSheet ask={ask} me={me} onChange={change} error={explained.error} subjectName={from?.subject?.name} />
        <div className={classes.answer} aria-live="polite" aria-busy={explained.isFetching}>
          {!ready ? (
            <Card flush>
              <Empty icon={<IconFlask size={20} />} title="Say what would be asked.">
                Choose an action and what it is done to; the answer appears here at once.
              </Empty>
            </Card>
          ) : explained.isError ? (
            <ProblemNote error={explained.error} what="This cannot be asked." retry={() => void explained.refetch()} />
          ) : explained.data ? (
            <Answer explanation={explained.data} reasoned={lacksReason ? reasoned : undefined} stale={explained.isPlaceholderData} />
          ) : (
            <Card flush>
              <Loading what="the answer" />
            </Card>
          )}
          {ready && explained.data && ask.subject ? null : ready ? (
            <Note>Judged as if you asked. Choose somebody else as the one who asks to see who could approve then.</Note>
          ) : null}
        </div>
      </div>
    </Page>
  )
}
