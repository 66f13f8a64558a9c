import type { Schemas } from '~/api/client'
import type { Execution } from './shape'

/** Who would settle an outcome. */
export interface Settler {
  id: string
  kind: string
  teams: readonly string[]
  permissions: readonly string[]
}

/** Whom an account belongs to. */
export type Account = Pick<Schemas['AccountsAccountView'], 'owners' | 'accountableId'>
export type Team = Pick<Schemas['TeamsTeamView'], 'id' | 'handle' | 'parentId'>

/** Whether this person may report outcomes at all. */
export function reportsOutcomes(me: Settler): boolean {
  return me.kind === 'person' && me.permissions.includes('redeem')
}

/** Whether this person may say how it went, as the server judges it: who executed, the asking side, who may revoke grants. */
export function maySettle(execution: Execution, me: Settler, account?: Account, teams: readonly Team[] = []): boolean {
  if (execution.state !== 'outcome-unknown' || !reportsOutcomes(me)) return false
  const own = execution.subject.id === me.id || execution.redeemer.id === me.id
  return own || me.permissions.includes('grants-revoke') || (account !== undefined && owns(me, account, teams))
}

/** Whether an account belongs to this person, through its owners or a team among them. */
function owns(me: Settler, account: Account, teams: readonly Team[]): boolean {
  if (account.accountableId === me.id) return true
  const mine = teamsOf(me, teams)
  return account.owners.some((owner) => owner.id === me.id || mine.has(owner.id))
}

/** The ids of a person's teams and of those they stand below: who is in a nested team is in the outer one. */
function teamsOf(me: Settler, teams: readonly Team[]): Set<string> {
  const parents = new Map(teams.map((team) => [team.id, team.parentId]))
  const all = new Set<string>()
  for (const team of teams.filter((one) => me.teams.includes(`@${one.handle}`))) {
    for (let id: string | undefined = team.id; id !== undefined && !all.has(id); id = parents.get(id)) all.add(id)
  }
  return all
}
