import { Problem } from '~/api/client'
import { paths } from './paths'

interface Kind {
  /** None where the name says what it is: "AR-12". */
  thing?: string
  to: string
  all: string
}

const kinds: Record<string, Kind> = {
  request: { to: paths.inbox, all: 'All approvals' },
  template: { thing: 'policy', to: paths.policies, all: 'All policies' },
  'breakglass-session': { thing: 'break-glass session', to: paths.breakglass, all: 'All sessions' },
  person: { thing: 'person', to: paths.people, all: 'All people' },
  team: { thing: 'team', to: paths.teams, all: 'All teams' },
  role: { thing: 'role', to: paths.roles, all: 'All roles' },
  account: { thing: 'account', to: paths.accounts, all: 'All accounts' },
  project: { thing: 'project', to: paths.projects, all: 'All projects' },
  'audit-entry': { thing: 'entry', to: paths.audit, all: 'All entries' },
}

/** Whether the server says that something is not there. */
export function isMissing(error: unknown): error is Problem {
  return error instanceof Problem && error.status === 404
}

/** What is not there, in the console's words, and where everything of its kind is. */
export function whatIsMissing(error: Problem): { sentence: string; to: string; all: string } {
  const kind = kinds[error.code.replace(/-not-found$/, '')]
  const name = /`([^`]+)`/.exec(error.message)?.[1] ?? ''
  if (!kind) return { sentence: `${error.message.charAt(0).toUpperCase()}${error.message.slice(1).replace(/`([^`]+)`/g, '“$1”')}.`, to: paths.home, all: 'Go home' }
  return { sentence: kind.thing ? `There is no ${kind.thing} “${name}”.` : `There is no ${name}.`, to: kind.to, all: kind.all }
}
