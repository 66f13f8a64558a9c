import { Button, Drawer } from '@mantine/core'
import { IconArrowDown, IconArrowRight, IconArrowUp, IconEqual } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { changeLine, type VersionChange, versionChanges } from '~/parts/versionChanges'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { Time } from '~/ui/Time'
import classes from './PolicyPage.module.css'
import { type Template, versionsQuery } from './queries'

const route = getRouteApi('/inside/approval-policies/$template')

const effects = {
  stricter: { word: 'Stricter', icon: IconArrowUp },
  weaker: { word: 'Weaker', icon: IconArrowDown },
  different: { word: 'Different', icon: IconEqual },
} as const

/** What a version changed, from the one before it. */
function changesOf(versions: Template[], at: number): VersionChange[] {
  const [now, before] = [versions[at], versions[at + 1]]
  return now && before ? versionChanges(before, now, { ...before.names, ...now.names }) : []
}

function Line({ versions, at, chosen, children }: { versions: Template[]; at: number; chosen?: boolean; children?: React.ReactNode }) {
  const version = versions[at]!
  return (
    <li className={classes.version} data-chosen={chosen === true}>
      <span className={classes.versionNumber}>v{version.version}</span>
      <span>{version.version === 1 || at === versions.length - 1 ? 'The first that is kept' : changeLine(changesOf(versions, at))}</span>
      {children}
      <span className={classes.by}>
        {version.names?.[version.author] ?? version.author}, <Time at={version.savedAt} />
      </span>
    </li>
  )
}

/** The last versions, on the policy's own page. */
export function LatestVersions({ id }: { id: string }) {
  const query = useInfiniteQuery(versionsQuery(id))
  const navigate = route.useNavigate()
  const versions = query.data ?? []
  const open = (version: number) => void navigate({ search: (now) => ({ ...now, tab: 'versions', version: String(version) }), replace: true })
  return (
    <Card title="Versions" hint={versions[0] ? `${versions[0].version}, all kept` : undefined} flush>
      {query.isError ? <ProblemNote error={query.error} what="The versions could not be loaded." retry={() => void query.refetch()} /> : null}
      {query.isPending ? <Loading what="versions" lines={2} /> : null}
      <ul className={classes.versions}>
        {versions.slice(0, 3).map((version, at) => (
          <Line key={version.version} versions={versions} at={at}>
            {at < versions.length - 1 ? (
              <Button variant="subtle" size="compact-sm" aria-label={`Compare v${version.version} with the one before`} onClick={() => open(version.version)}>
                Compare
              </Button>
            ) : (
              <span />
            )}
          </Line>
        ))}
      </ul>
    </Card>
  )
}

interface VersionsDrawerProps {
  id: string
  name: string
  opened: boolean
  /** The version that is compared with the one before it; the newest when none is named. */
  to: string | undefined
  onClose: () => void
}

/** Every version beside the page, and what one of them changed in words. */
export function VersionsDrawer({ id, name, opened, to, onClose }: VersionsDrawerProps) {
  const query = useInfiniteQuery({ ...versionsQuery(id), enabled: opened })
  const navigate = route.useNavigate()
  const mayLog = useMay('audit-read')
  const versions = query.data ?? []
  const at = Math.max(0, to ? versions.findIndex((one) => String(one.version) === to) : 0)
  // What is shown, and the version before it, may not have been read yet.
  const unread = opened && query.hasNextPage && to !== undefined && (at === versions.length - 1 || !versions.some((one) => String(one.version) === to))
  useEffect(() => {
    if (unread && !query.isFetchingNextPage) void query.fetchNextPage()
  }, [unread, query.isFetchingNextPage, query.fetchNextPage])
  const now = unread ? undefined : versions[at]
  const before = versions[at + 1]
  const changes = changesOf(versions, at)
  const weaker = changes.filter((one) => one.effect === 'weaker').length
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size={520} title={`Versions of ${name}`}>
      {query.isError ? <ProblemNote error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending || unread ? <Loading what="versions" /> : null}
      <ul className={classes.versions}>
        {/* The oldest one read so far is shown with what comes before it. */}
        {versions.slice(0, query.hasNextPage ? -1 : undefined).map((version, index) => (
          <Line key={version.version} versions={versions} at={index} chosen={index === at}>
            {index < versions.length - 1 ? (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`${index === at ? 'Shown' : 'Show'}: what v${version.version} changed`}
                aria-pressed={index === at}
                onClick={() => void navigate({ search: (was) => ({ ...was, version: String(version.version) }), replace: true })}
              >
                {index === at ? 'Shown' : 'Show'}
              </Button>
            ) : (
              <span />
            )}
          </Line>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button variant="default" size="xs" mt="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show older versions
        </Button>
      ) : null}
      {now && before ? (
        <>
          <h3 className={classes.drawerHead}>
            v{before.version} to v{now.version}
          </h3>
          {changes.length === 0 ? <p className={classes.plain}>It was saved again without a change.</p> : null}
          <div className={classes.changes} role="list">
            {changes.map((change) => (
              <Change key={change.what} change={change} />
            ))}
          </div>
          {weaker > 0 ? (
            <Note tone="pending" title={weaker === 1 ? 'One change makes it weaker.' : `${weaker} changes make it weaker.`}>
              Requests opened under v{before.version} keep it, and must meet v{now.version} too.
            </Note>
          ) : changes.length > 0 ? (
            <p className={classes.plain}>
              Requests opened under v{before.version} keep it, and must meet v{now.version} too.
            </p>
          ) : null}
        </>
      ) : null}
      {mayLog ? (
        <p>
          <Link to={paths.audit} search={{ text: id }}>
            In the audit log
          </Link>
        </p>
      ) : null}
    </Drawer>
  )
}

function Change({ change }: { change: VersionChange }) {
  const { word, icon: Icon } = effects[change.effect]
  return (
    <div className={classes.change} role="listitem">
      <span className={classes.effect} data-effect={change.effect}>
        <Icon size={14} aria-hidden /> {word}
      </span>
      <span>{change.what}</span>
      <span>
        <s className={classes.from}>{change.before}</s> <IconArrowRight size={12} aria-label="becomes" /> <span className={classes.to}>{change.after}</span>
      </span>
    </div>
  )
}
