import { Select } from '@mantine/core'
import { IconFilterOff, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { capital } from '~/parts/ruleWords'
import { Card } from '~/ui/Card'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Page } from '~/ui/Page'
import { Pager } from '~/ui/Pager'
import { ProblemNote } from '~/ui/ProblemNote'
import { Severity } from './Severity'
import classes from './Findings.module.css'

const route = getRouteApi('/inside/findings')

type Finding = Schemas['FindingsFindingView']
type Thing = Schemas['FoundWeaknessThing']

/** Every kind of finding: what it is called, and why it matters in one sentence. */
const kinds: Record<string, { title: string; matters: string }> = {
  'uncovered-production': { title: 'Production without a policy', matters: 'Whatever is deployed there happens without anybody looking at it.' },
  'cannot-be-met': { title: 'Policies that cannot be met', matters: 'What they hold waits in vain and expires.' },
  'ownerless-account': { title: 'Accounts nobody answers for', matters: 'When such an account asks, there is no person to turn to.' },
  'emergencies-unheard': { title: 'Emergencies nobody hears of', matters: 'Somebody may act in an emergency, and nobody would be told at once.' },
  'unusable-emergency': { title: 'Emergency actions without a policy', matters: 'Every ask for them is refused, which is learned when it is needed.' },
  'self-approval': { title: 'Policies that let people approve their own', matters: 'One person alone can ask and approve.' },
  'partly-uncovered-production': { title: 'Production that is covered in part', matters: 'Some actions there need no approval.' },
  'single-point-of-failure': { title: 'Policies that rest on one person', matters: 'When this person is away, nothing can be approved.' },
  'never-applies': { title: 'Bindings that never apply', matters: 'They look like protection and are none.' },
  'wide-permission': { title: 'Permissions for everything', matters: 'A permission given one by one should name what it is for.' },
  'empty-team': { title: 'Teams without members', matters: 'A policy that asks for such a team cannot be met.' },
  'unbound-template': { title: 'Policies that are bound to nothing', matters: 'They guard nothing.' },
}

/** What is weak about rules and people, those that matter most first, each with the place where it is mended. */
export function FindingsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery({
    queryKey: ['findings', 'list', search],
    queryFn: () => data(api.GET('/api/v1/findings', { params: { query: { code: search.code, cursor: search.cursor, limit: 100 } } })),
    placeholderData: (before) => before,
  })
  const items = query.data?.items ?? []
  const groups = [...new Set(items.map((one) => one.code))].map((code) => ({ code, found: items.filter((one) => one.code === code) }))

  return (
    <Page title="Findings" width="detail" facts="What is weak about rules and people, those that matter most first. Each is gone once it is mended.">
      <div className={classes.bar}>
        <Select
          aria-label="Kind of finding"
          placeholder="Every kind"
          clearable
          clearButtonProps={{ 'aria-label': 'Show every kind' }}
          w={300}
          maw="100%"
          data={Object.entries(kinds).map(([value, kind]) => ({ value, label: kind.title }))}
          value={search.code ?? null}
          onChange={(code) => void navigate({ search: code ? { code } : {}, replace: true })}
        />
      </div>
      {query.isError && !query.data ? <ProblemNote error={query.error} what="The findings could not be loaded." retry={() => void query.refetch()} /> : null}
      {query.isPending ? (
        <Card flush>
          <Loading what="findings" lines={6} />
        </Card>
      ) : null}
      {query.data && items.length === 0 ? (
        <Card flush>
          {search.code ? (
            <Empty icon={<IconFilterOff size={20} />} title="None of this kind." action={<Link to={paths.findings}>Show every kind</Link>}>
              {kinds[search.code]?.title ?? search.code}: there is nothing to mend.
            </Empty>
          ) : (
            <Empty icon={<IconShieldCheck size={20} color="var(--cs-good-icon)" />} title="Nothing is weak.">
              Every production environment is covered, every policy can be met without any one person, every team has members, and every account has an owner.
            </Empty>
          )}
        </Card>
      ) : null}
      {groups.map(({ code, found }) => (
        <Card
          key={code}
          flush
          title={kinds[code]?.title ?? code}
          hint={String(found.length)}
          aside={<Severity word={found[0]!.severity} />}
        >
          {kinds[code] ? <p className={classes.matters}>{kinds[code].matters}</p> : null}
          <ul className={classes.list}>
            {found.map((one) => (
              <Row key={one.thing.id + (one.because?.id ?? '')} finding={one} />
            ))}
          </ul>
        </Card>
      ))}
      <Pager cursor={search.cursor} nextCursor={query.data?.nextCursor} onGo={(cursor) => void navigate({ search: (now) => ({ ...now, cursor }) })}>
        {items.length > 0 && !search.cursor && !query.data?.nextCursor ? (items.length === 1 ? '1 finding' : `${items.length} findings`) : ''}
      </Pager>
    </Page>
  )
}

function Row({ finding }: { finding: Finding }) {
  const mayWrite = useMay('policy-write')
  return (
    <li className={classes.row}>
      <div>
        <div className={classes.sentence}>{capital(finding.sentence.replaceAll('`', ''))}.</div>
        <div className={classes.remedy}>{capital(finding.remedy.replaceAll('`requesterCanApprove`', 'self-approval').replaceAll('`', ''))}.</div>
      </div>
      <div className={classes.links}>
        <ThingLink thing={finding.thing} code={finding.code} mayWrite={mayWrite} />
        {finding.because ? <ThingLink thing={finding.because} code={finding.code} mayWrite={mayWrite} /> : null}
      </div>
    </li>
  )
}

/** Where it is mended. */
function ThingLink({ thing, code, mayWrite }: { thing: Thing; code: string; mayWrite: boolean }) {
  const template = thing.kind === 'binding' ? /template=([^&]+)/.exec(thing.link)?.[1] : thing.kind === 'template' ? thing.id : undefined
  if (template) {
    const edit = mayWrite && ['cannot-be-met', 'self-approval', 'single-point-of-failure'].includes(code) && thing.kind === 'template'
    return edit ? (
      <Link to={paths.editPolicy} params={{ template }}>
        Edit {thing.name}
      </Link>
    ) : (
      <Link to={paths.policy} params={{ template }}>
        {code === 'unbound-template' ? `Bind ${thing.name}` : `Look at ${thing.name}`}
      </Link>
    )
  }
  switch (thing.kind) {
    case 'environment':
      return mayWrite ? (
        <>
          <Link to={paths.policies}>Bind a policy</Link>
          <Link to={paths.newPolicy} search={{ preset: 'always-on' }}>
            Create one for it
          </Link>
        </>
      ) : (
        <Link to={paths.policies}>Look at the policies</Link>
      )
    case 'action':
      return <Link to={paths.policies}>{mayWrite ? 'Bind a policy' : 'Look at the policies'}</Link>
    case 'team':
      return (
        <Link to={paths.team} params={{ team: thing.id }}>
          Go to {thing.name}
        </Link>
      )
    case 'person':
      return (
        <Link to={paths.person} params={{ person: thing.id }}>
          {thing.name}
        </Link>
      )
    case 'account':
      return (
        <Link to={paths.account} params={{ account: thing.id }}>
          Go to {thing.name}
        </Link>
      )
    default:
      return null
  }
}
