import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { mayBeSignedIn, Problem } from '~/api/client'
import { Loading } from '~/ui/Loading'
import { Layout } from './Layout'
import { NotFound, PageError, RootFrame } from './frame'
import { paths } from './paths'
import { clockQuery, meQuery } from './session'

interface Context {
  client: QueryClient
}

/** Filters of a page live in its address: strings, or lists of them; everything else is dropped. */
function searchOf<const K extends string>(...keys: K[]) {
  return (raw: Record<string, unknown>): Partial<Record<K, string>> => {
    const kept: Partial<Record<K, string>> = {}
    for (const key of keys) {
      const value = raw[key]
      if (typeof value === 'string' && value !== '') kept[key] = value
      else if (typeof value === 'number' || typeof value === 'boolean') kept[key] = String(value)
    }
    return kept
  }
}

const root = createRootRouteWithContext<Context>()({
  component: RootFrame,
  notFoundComponent: NotFound,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  validateSearch: searchOf('to'),
  component: lazyRouteComponent(() => import('~/pages/access/SignInPage'), 'SignInPage'),
})

const enrol = createRoute({
  getParentRoute: () => root,
  path: paths.enrol,
  validateSearch: searchOf('link'),
  component: lazyRouteComponent(() => import('~/pages/access/EnrolPage'), 'EnrolPage'),
})

/** Everything behind the sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Layout,
  beforeLoad: async ({ context, location }) => {
    const toSignIn = () => redirect({ to: paths.signIn, search: location.pathname === '/' ? {} : { to: location.href } })
    // Who was signed in when the page was loaded is asked for the password above the page, which loses nothing.
    if (!context.client.getQueryData(meQuery.queryKey) && !mayBeSignedIn()) throw toSignIn()
    try {
      await Promise.all([context.client.ensureQueryData(meQuery), context.client.ensureQueryData(clockQuery)])
    } catch (error) {
      if (error instanceof Problem && error.status === 401) throw toSignIn()
      throw error
    }
  },
})

const home = createRoute({
  getParentRoute: () => inside,
  path: paths.home,
  component: lazyRouteComponent(() => import('~/pages/home/HomePage'), 'HomePage'),
})

const inbox = createRoute({
  getParentRoute: () => inside,
  path: paths.inbox,
  validateSearch: searchOf(
    'view', 'type', 'project', 'environment', 'cluster', 'risk', 'state', 'requester', 'q', 'order', 'cursor',
  ),
  component: lazyRouteComponent(() => import('~/pages/approvals/InboxPage'), 'InboxPage'),
})

const request = createRoute({
  getParentRoute: () => inside,
  path: paths.request,
  validateSearch: searchOf('against'),
  component: lazyRouteComponent(() => import('~/pages/approvals/RequestPage'), 'RequestPage'),
})

const followUps = createRoute({
  getParentRoute: () => inside,
  path: paths.followUps,
  validateSearch: searchOf('owner', 'state', 'cursor'),
  component: lazyRouteComponent(() => import('~/pages/approvals/FollowUpsPage'), 'FollowUpsPage'),
})

const executions = createRoute({
  getParentRoute: () => inside,
  path: paths.executions,
  validateSearch: searchOf('state', 'cursor'),
  component: lazyRouteComponent(() => import('~/pages/executions/ExecutionsPage'), 'ExecutionsPage'),
})

const policies = createRoute({
  getParentRoute: () => inside,
  path: paths.policies,
  validateSearch: searchOf('q', 'archived', 'cursor'),
  component: lazyRouteComponent(() => import('~/pages/policies/PoliciesPage'), 'PoliciesPage'),
})

const newPolicy = createRoute({
  getParentRoute: () => inside,
  path: paths.newPolicy,
  validateSearch: searchOf('preset', 'bind'),
  component: lazyRouteComponent(() => import('~/pages/policies/NewPolicyPage'), 'NewPolicyPage'),
})

const policy = createRoute({
  getParentRoute: () => inside,
  path: paths.policy,
  validateSearch: searchOf('tab', 'version', 'saved'),
  component: lazyRouteComponent(() => import('~/pages/policies/PolicyPage'), 'PolicyPage'),
})

const editPolicy = createRoute({
  getParentRoute: () => inside,
  path: paths.editPolicy,
  component: lazyRouteComponent(() => import('~/pages/policies/EditPolicyPage'), 'EditPolicyPage'),
})

const simulator = createRoute({
  getParentRoute: () => inside,
  path: paths.simulator,
  validateSearch: searchOf('action', 'resource', 'subject', 'reason', 'at', 'request'),
  component: lazyRouteComponent(() => import('~/pages/simulator/SimulatorPage'), 'SimulatorPage'),
})

const findings = createRoute({
  getParentRoute: () => inside,
  path: paths.findings,
  validateSearch: searchOf('code', 'cursor'),
  component: lazyRouteComponent(() => import('~/pages/findings/FindingsPage'), 'FindingsPage'),
})

const breakglass = createRoute({
  getParentRoute: () => inside,
  path: paths.breakglass,
  validateSearch: searchOf('state', 'owner', 'from', 'to', 'cursor', 'tab'),
  component: lazyRouteComponent(() => import('~/pages/breakglass/BreakglassPage'), 'BreakglassPage'),
})

const openBreakglass = createRoute({
  getParentRoute: () => inside,
  path: paths.openBreakglass,
  component: lazyRouteComponent(() => import('~/pages/breakglass/OpenBreakglassPage'), 'OpenBreakglassPage'),
})

const breakglassSession = createRoute({
  getParentRoute: () => inside,
  path: paths.breakglassSession,
  component: lazyRouteComponent(() => import('~/pages/breakglass/SessionPage'), 'SessionPage'),
})

const people = createRoute({
  getParentRoute: () => inside,
  path: paths.people,
  validateSearch: searchOf('q', 'cursor'),
  component: lazyRouteComponent(() => import('~/pages/directory/PeoplePage'), 'PeoplePage'),
})

const person = createRoute({
  getParentRoute: () => inside,
  path: paths.person,
  component: lazyRouteComponent(() => import('~/pages/directory/PersonPage'), 'PersonPage'),
})

const teams = createRoute({
  getParentRoute: () => inside,
  path: paths.teams,
  validateSearch: searchOf('cursor'),
  component: lazyRouteComponent(() => import('~/pages/directory/TeamsPage'), 'TeamsPage'),
})

const team = createRoute({
  getParentRoute: () => inside,
  path: paths.team,
  component: lazyRouteComponent(() => import('~/pages/directory/TeamPage'), 'TeamPage'),
})

const roles = createRoute({
  getParentRoute: () => inside,
  path: paths.roles,
  component: lazyRouteComponent(() => import('~/pages/directory/RolesPage'), 'RolesPage'),
})

const accounts = createRoute({
  getParentRoute: () => inside,
  path: paths.accounts,
  validateSearch: searchOf('cursor'),
  component: lazyRouteComponent(() => import('~/pages/directory/AccountsPage'), 'AccountsPage'),
})

const account = createRoute({
  getParentRoute: () => inside,
  path: paths.account,
  component: lazyRouteComponent(() => import('~/pages/directory/AccountPage'), 'AccountPage'),
})

const projects = createRoute({
  getParentRoute: () => inside,
  path: paths.projects,
  validateSearch: searchOf('cursor'),
  component: lazyRouteComponent(() => import('~/pages/places/ProjectsPage'), 'ProjectsPage'),
})

const project = createRoute({
  getParentRoute: () => inside,
  path: paths.project,
  component: lazyRouteComponent(() => import('~/pages/places/ProjectPage'), 'ProjectPage'),
})

const clusters = createRoute({
  getParentRoute: () => inside,
  path: paths.clusters,
  validateSearch: searchOf('cursor'),
  component: lazyRouteComponent(() => import('~/pages/places/ClustersPage'), 'ClustersPage'),
})

const audit = createRoute({
  getParentRoute: () => inside,
  path: paths.audit,
  validateSearch: searchOf('type', 'actor', 'requestId', 'from', 'to', 'text', 'prominent', 'cursor'),
  component: lazyRouteComponent(() => import('~/pages/audit/AuditPage'), 'AuditPage'),
})

const auditEntry = createRoute({
  getParentRoute: () => inside,
  path: paths.auditEntry,
  component: lazyRouteComponent(() => import('~/pages/audit/AuditEntryPage'), 'AuditEntryPage'),
})

const organization = createRoute({
  getParentRoute: () => inside,
  path: paths.organization,
  component: lazyRouteComponent(() => import('~/pages/settings/OrganizationPage'), 'OrganizationPage'),
})

const profile = createRoute({
  getParentRoute: () => inside,
  path: paths.profile,
  component: lazyRouteComponent(() => import('~/pages/settings/ProfilePage'), 'ProfilePage'),
})

/** An address that leads nowhere, with everything around it that leads somewhere. */
const nowhere = createRoute({
  getParentRoute: () => inside,
  path: '$',
  component: NotFound,
})

const tree = root.addChildren([
  signIn,
  enrol,
  inside.addChildren([
    home,
    inbox,
    request,
    followUps,
    executions,
    policies,
    newPolicy,
    policy,
    editPolicy,
    simulator,
    findings,
    breakglass,
    openBreakglass,
    breakglassSession,
    people,
    person,
    teams,
    team,
    roles,
    accounts,
    account,
    projects,
    project,
    clusters,
    audit,
    auditEntry,
    organization,
    profile,
    nowhere,
  ]),
])

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: PageError,
    defaultPendingComponent: () => <Loading what="the page" />,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
