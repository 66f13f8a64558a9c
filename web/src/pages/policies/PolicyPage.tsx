import { Button } from '@mantine/core'
import { IconArchive, IconHistory, IconPencil } from '@tabler/icons-react'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Held } from '~/parts/Held'
import { useOwnAct } from '~/parts/ownAct'
import { RuleSentence } from '~/parts/RuleSentence'
import { capital, deadlineWords } from '~/parts/ruleWords'
import { hoursOf, WeekCalendar } from '~/parts/WeekCalendar'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Confirm } from '~/ui/Confirm'
import { Copy } from '~/ui/Copy'
import { Facts } from '~/ui/Facts'
import { Link, LinkButton } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { Time } from '~/ui/Time'
import { Bindings } from './Bindings'
import { HeldNow } from './HeldNow'
import classes from './PolicyPage.module.css'
import { Groups, Met } from './PreviewPanel'
import { organizationQuery, type Template, templateQuery, usesQuery } from './queries'
import { LatestVersions, VersionsDrawer } from './Versions'

const route = getRouteApi('/inside/approval-policies/$template')

const NOTE_WORDS: Record<string, string> = { never: 'not required', 'on-deny': 'required when rejecting', always: 'required with every vote' }

/** One policy: what it says, where it is bound, who can approve, what it holds now, and how it came to be. */
export function PolicyPage() {
  const { template: id } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const template = useSuspenseQuery(templateQuery(id)).data
  const mayWrite = useMay('policy-write') && !template.archivedAt
  const [binding, setBinding] = useState(search.saved !== undefined && template.bindings === 0 && mayWrite)
  const names = template.names ?? {}
  const close = () => void navigate({ search: (now) => ({ ...now, tab: undefined, version: undefined }), replace: true })

  return (
    <Page
      title={template.name ?? id}
      width="detail"
      crumbs={<Link to={paths.policies}>Approval Policies</Link>}
      facts={
        <>
          <span>
            v{template.version}, saved <Time at={template.savedAt} /> by {names[template.author] ?? template.author}
          </span>
          {template.archivedAt ? (
            <strong>
              Archived <Time at={template.archivedAt} />
            </strong>
          ) : null}
        </>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconHistory size={15} aria-hidden />}
            onClick={() => void navigate({ search: (now) => ({ ...now, tab: 'versions' }), replace: true })}
          >
            Versions
          </Button>
          {mayWrite ? (
            <>
              <Archive template={template} />
              <LinkButton to={paths.editPolicy} params={{ template: id }} leftSection={<IconPencil size={15} aria-hidden />}>
                Edit
              </LinkButton>
            </>
          ) : null}
        </>
      }
    >
      {search.saved && !template.archivedAt ? (
        <Note tone="good" title={`Saved as v${search.saved}.`} alert>
          {template.bindings === 0 ? 'It guards nothing until it is bound: say where below.' : 'It is in force where it is bound. Requests that are open keep their version and must meet this one too.'}
        </Note>
      ) : null}
      {template.archivedAt ? <Note title="This policy has ended.">Its bindings ended with it; its versions stay readable, and its name is free.</Note> : null}
      <Columns side={<Side template={template} />}>
        <Card title="What it says">
          <p className={classes.sentence}>
            <RuleSentence rule={template} names={names} hours={hoursOf(template.calendar)} />
          </p>
          {template.description ? <p className={classes.why}>{template.description}</p> : null}
          {template.requesterCanApprove ? (
            <Note tone="pending" title="Whoever asks may approve it himself.">
              That gives up that two people look at it.
            </Note>
          ) : null}
          {(template.warnings ?? [])
            .filter((one) => one.code !== 'self-approval-in-production')
            .map((one) => (
              <Note key={one.code + one.field} tone="pending">
                {capital(one.sentence)}.
              </Note>
            ))}
        </Card>
        {template.archivedAt ? null : <Bindings template={template} adding={binding} onAdd={setBinding} mayWrite={mayWrite} />}
        <LatestVersions id={id} />
        <HeldNow template={template} />
      </Columns>
      <VersionsDrawer id={id} name={template.name ?? id} opened={search.tab === 'versions'} to={search.version} onClose={close} />
    </Page>
  )
}

function Side({ template }: { template: Template }) {
  const use = useQuery(usesQuery).data
  const zone = useQuery(organizationQuery).data?.zone ?? 'UTC'
  const mine = use?.items.find((one) => one.templateId === template.id)
  return (
    <>
      {template.chances ? (
        <Card title="Can it be met?">
          <Met chances={template.chances} saved />
          <Groups chances={template.chances} />
        </Card>
      ) : null}
      {template.archivedAt ? null : (
        <Card title="When it applies">
          {template.calendar ? (
            <WeekCalendar
              hours={hoursOf(template.calendar)}
              zone={template.calendar.timezone || zone}
              activeNow={template.calendar.activeNow}
              changesAt={template.calendar.changesAt}
            />
          ) : (
            <p className={classes.plain}>Always: the time does not matter.</p>
          )}
        </Card>
      )}
      <Card title="Facts">
        <Facts
          of={[
            ['Deadlines', deadlineWords(template.expiresAfter, template.grantValidFor)],
            ['Note with a vote', NOTE_WORDS[template.voteReasonRequired ?? 'on-deny']],
            ['Reason of an ask', template.conditions?.requireReason ? 'required, else it is refused' : 'not required'],
            ['May be bound to', (template.scope ?? []).join(', ')],
            ['Held, 30 days', use ? `${mine?.held ?? 0}` : undefined],
            ['Last used', mine ? <Time key="used" at={mine.lastHeldAt} /> : use ? `not in ${use.days} days` : undefined],
            [
              'Id',
              <span key="id">
                <code>{template.id}</code> <Copy text={template.id} what="id" />
              </span>,
            ],
          ]}
        />
      </Card>
    </>
  )
}

/** The end of a policy; its name must be typed, because all its bindings end with it. */
function Archive({ template }: { template: Template }) {
  const [asking, setAsking] = useState(false)
  const act = useOwnAct<string>({
    name: `archive ${template.id}`,
    act: (id) => api.POST('/api/v1/templates/{template}/archival', { params: { path: { template: id } } as never }),
    touches: ['policies', 'findings'],
    onDone: () => setAsking(false),
  })
  return (
    <>
      <Button variant="default" leftSection={<IconArchive size={15} aria-hidden />} onClick={() => setAsking(true)}>
        Archive…
      </Button>
      <Confirm
        opened={asking && !act.held}
        onClose={() => {
          setAsking(false)
          act.reset()
        }}
        title={`Archive ${template.name}?`}
        verb="Archive"
        tone="bad"
        typed={{ text: template.name ?? template.id, label: "The policy's name" }}
        onConfirm={() => act.run(template.id)}
        busy={act.busy}
        error={act.error}
      >
        {template.bindings === 0
          ? 'It is bound to nothing, so nothing becomes free by it.'
          : `Its ${template.bindings === 1 ? 'binding ends' : `${template.bindings} bindings end`}, and what only it held is free from then on.`}{' '}
        Requests that are open keep what it demanded. This cannot be undone.
      </Confirm>
      {act.held ? (
        <div className={classes.held}>
          <Held act={act} what={`Archive ${template.name}`} />
        </div>
      ) : null}
    </>
  )
}
