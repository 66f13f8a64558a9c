import type { Schemas } from '~/api/client'
import { spokenDuration } from '~/ui/time'
import { type Hours, weekWords } from './week'

type Form = Schemas['TemplateForm']

/** A piece of a sentence; what is bold is what one reads first. */
export interface Piece {
  text: string
  strong?: boolean
}

/** What people call ids; an id that nobody knows is shown as it is. */
export type Names = Readonly<Record<string, string>>

/** What of a template a sentence is made of. */
export interface Rule {
  approvers?: Form['approvers']
  quorum?: Form['quorum']
  conditions?: Form['conditions']
  requesterCanApprove?: boolean
}

const plain = (text: string): Piece => ({ text })
const bold = (text: string): Piece => ({ text, strong: true })

/** "Ann", "Ann and Bob", "Ann, Bob or Cyd". */
export function listed(words: string[], last: 'and' | 'or'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]!}`
}

export function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`
}

function name(id: string, names: Names): string {
  return names[id] ?? id
}

/** "a release manager": a role as somebody who holds it. */
function holder(id: string, names: Names): string {
  return `somebody with the role ${name(id, names)}`
}

/** What the quorum demands, in one half sentence: "2 people from 2 teams, one of them from SRE". */
export function quorumPieces(rule: Rule, names: Names): Piece[] {
  const quorum = rule.quorum ?? {}
  const least = quorum.minApprovals ?? 1
  const teams = quorum.minDistinctTeams ?? 0
  const requiredTeams = quorum.requiredTeamIds ?? []
  const requiredRoles = quorum.requiredOrgRoles ?? []
  const requiredUsers = quorum.requiredUserIds ?? []
  const pieces: Piece[] = [bold(people(least) + (teams > 1 ? ` from ${teams} teams` : ''))]

  const open = [...requiredTeams.map((id) => name(id, names)), ...requiredRoles.map((id) => holder(id, names))]
  if (least === 1 && teams < 2 && requiredUsers.length === 0 && requiredTeams.length === 1 && requiredRoles.length === 0) {
    return [bold('1 person'), plain(' from '), bold(name(requiredTeams[0]!, names))]
  }
  if (least === 1 && teams < 2 && requiredUsers.length === 0 && requiredTeams.length === 0 && requiredRoles.length === 1) {
    return [bold('1 person'), plain(' with the role '), bold(name(requiredRoles[0]!, names))]
  }
  const from = approverWords(rule, names)
  if (from && open.length === 0) pieces.push(plain(teams > 1 ? ': ' : ' from '), plain(from))
  const demanded: string[] = [
    ...requiredTeams.map((id) => `one from ${name(id, names)}`),
    ...requiredRoles.map((id) => `one with the role ${name(id, names)}`),
    ...requiredUsers.map((id) => name(id, names)),
  ]
  if (demanded.length > 0) {
    pieces.push(plain(', '), bold(listed(demanded, 'and')), plain(demanded.length === 1 || least > 1 ? ' among them' : ''))
  }
  return pieces
}

/** Who may approve: "SRE, Platform or the role admin"; nothing when only the quorum names them. */
export function approverWords(rule: Rule, names: Names): string {
  const approvers = rule.approvers ?? {}
  const words = [
    ...(approvers.teams ?? []).map((id) => name(id, names)),
    ...(approvers.orgRoles ?? []).map((id) => `the role ${name(id, names)}`),
    ...(approvers.users ?? []).map((id) => name(id, names)),
  ]
  return words.length > 4 ? `${words.slice(0, 3).join(', ')} and ${words.length - 3} more` : listed(words, 'or')
}

/** Where it applies: "to production", "everywhere it is bound". */
export function placeWords(rule: Rule, names: Names): string {
  const conditions = rule.conditions ?? {}
  const environments = (conditions.environments ?? []).map((id) => name(id, names))
  const pattern = conditions.environmentPattern
  if (environments.length > 0) return listed(environments, 'or') + (pattern ? ` (named like ${pattern})` : '')
  return pattern ? `environments named like ${pattern}` : ''
}

/** The whole rule as a sentence somebody would say. */
export function rulePieces(rule: Rule, names: Names, hours?: Hours): Piece[] {
  const when = hours ? weekWords(hours) : 'always'
  const where = placeWords(rule, names)
  const lead = when === 'always' ? 'Everything it is bound to' : `${capital(when)}, everything it is bound to`
  const pieces: Piece[] = [plain(lead)]
  if (where) pieces.push(plain(' in '), bold(where))
  pieces.push(plain(' needs '), ...quorumPieces(rule, names))
  if (rule.requesterCanApprove) pieces.push(plain('; '), bold('whoever asks may be one of them'))
  if (rule.conditions?.requireReason) pieces.push(plain('; an ask without a reason is refused'))
  pieces.push(plain('.'))
  return pieces
}

/** The sentence for a row of a list: shorter, without when and where. */
export function rowPieces(rule: Rule, names: Names): Piece[] {
  const pieces = quorumPieces(rule, names).map((piece) => plain(piece.text))
  if (rule.requesterCanApprove) pieces.push(plain('; the asker may approve'))
  return pieces
}

export function textOf(pieces: Piece[]): string {
  return pieces.map((piece) => piece.text).join('')
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** How the quorum's lines combine, in one sentence, for the editor. */
export function combinationWords(rule: Rule): string {
  const quorum = rule.quorum ?? {}
  const lines =
    1 +
    ((quorum.minDistinctTeams ?? 0) > 0 ? 1 : 0) +
    (quorum.requiredTeamIds?.length ?? 0) +
    (quorum.requiredOrgRoles?.length ?? 0) +
    (quorum.requiredUserIds?.length ?? 0)
  return lines === 1
    ? 'That is all: any of those who can approve will do.'
    : 'Every line must hold; one person counts once, in every line he fits.'
}

/** "in 14 ways", "in at least 20,000 ways", "in 1 way". */
export function waysWords(ways: number, exact: boolean): string {
  const count = ways.toLocaleString('en-US')
  if (!exact) return `in at least ${count} ways`
  return ways === 1 ? 'in 1 way' : `in ${count} ways`
}

const levels: Record<string, string> = {
  organization: 'The organization',
  project: 'Project',
  cluster: 'Cluster',
  environment: 'Environment',
}

export interface Bound {
  level: string
  targetId?: string
  targetName?: string
  environmentName?: string
  actions?: string[]
}

/** Where a binding reaches: "The organization", "payments", "every environment named production". */
export function boundWords(bound: Bound): string {
  if (bound.environmentName) return `every environment named ${bound.environmentName}`
  if (bound.level === 'organization') return 'the organization'
  return bound.targetName ?? bound.targetId ?? levels[bound.level] ?? bound.level
}

/** The deadlines as a sentence: "Waits 7 days, then expires. A grant is usable for 1 hour." */
export function deadlineWords(expiresAfter: string | undefined, grantValidFor: string | undefined): string {
  return `Waits ${spokenDuration(expiresAfter ?? 'P7D')}, then expires. A grant is usable for ${spokenDuration(grantValidFor ?? 'PT1H')}.`
}

/** What a binding reaches, as a sentence: where, and which actions. */
export function reachWords(bound: Bound, titles: Readonly<Record<string, string>> = {}): string {
  const actions = (bound.actions ?? []).map((id) => titles[id] ?? id)
  const what = actions.length > 0 ? capital(listed(actions, 'and')) : 'Every protected action'
  if (bound.environmentName) return `${what} in any environment named ${bound.environmentName}, whatever the project.`
  const name = bound.targetName ?? bound.targetId ?? ''
  switch (bound.level) {
    case 'organization':
      return `${what} in all projects, environments and clusters.`
    case 'project':
      return `${what} on ${name} and in its environments.`
    case 'cluster':
      return `${what} on the cluster ${name}.`
    default:
      return `${what} in ${name}.`
  }
}
