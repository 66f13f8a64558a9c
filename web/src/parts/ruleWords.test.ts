import { describe, expect, it } from 'vitest'
import { boundWords, combinationWords, reachWords, rowPieces, rulePieces, textOf, waysWords } from './ruleWords'

const names = { sre: 'SRE', sec: 'Security', plat: 'Platform', dw: 'Daniel Weiss', 'tech-lead': 'Tech lead' }
const offHours = Array.from({ length: 7 }, (_, day) =>
  Array.from({ length: 24 }, (_, hour) => day > 4 || hour < 9 || hour >= 18),
)

describe('a rule as a sentence', () => {
  it('says how many from whom', () => {
    expect(textOf(rowPieces({ approvers: { teams: ['sre', 'plat'] }, quorum: { minApprovals: 1 } }, names))).toBe('1 person from SRE or Platform')
    expect(textOf(rowPieces({ approvers: { teams: ['sre', 'plat'] }, quorum: { minApprovals: 2, minDistinctTeams: 2 } }, names))).toBe(
      '2 people from 2 teams: SRE or Platform',
    )
  })
  it('says who must be among them', () => {
    expect(textOf(rowPieces({ quorum: { minApprovals: 2, minDistinctTeams: 2, requiredTeamIds: ['sre'] } }, names))).toBe(
      '2 people from 2 teams, one from SRE among them',
    )
    expect(textOf(rowPieces({ quorum: { minApprovals: 1, requiredTeamIds: ['sec'] } }, names))).toBe('1 person from Security')
    expect(textOf(rowPieces({ quorum: { minApprovals: 1, requiredOrgRoles: ['tech-lead'] } }, names))).toBe('1 person with the role Tech lead')
    expect(
      textOf(rowPieces({ quorum: { minApprovals: 3, requiredTeamIds: ['sre'], requiredOrgRoles: ['tech-lead'], requiredUserIds: ['dw'] } }, names)),
    ).toBe('3 people, one from SRE, one with the role Tech lead and Daniel Weiss among them')
  })
  it('says when and where', () => {
    const rule = { approvers: { teams: ['sre'] }, quorum: { minApprovals: 2 }, conditions: { environments: ['production'], requireReason: true } }
    expect(textOf(rulePieces(rule, names, offHours))).toBe(
      'At night and on weekends, everything it is bound to in production needs 2 people from SRE; an ask without a reason is refused.',
    )
    expect(textOf(rulePieces({ ...rule, conditions: {} }, names))).toBe('Everything it is bound to needs 2 people from SRE.')
  })
  it('warns of those who approve their own', () => {
    expect(textOf(rulePieces({ approvers: { users: ['dw'] }, requesterCanApprove: true }, names))).toContain('whoever asks may be one of them')
  })
  it('cuts long lists', () => {
    expect(textOf(rowPieces({ approvers: { teams: ['a', 'b', 'c', 'd', 'e'] } }, {}))).toBe('1 person from a, b, c and 2 more')
  })
})

describe('the words around it', () => {
  it('counts ways', () => {
    expect(waysWords(14, true)).toBe('in 14 ways')
    expect(waysWords(1, true)).toBe('in 1 way')
    expect(waysWords(20_000, false)).toBe('in at least 20,000 ways')
  })
  it('says where it is bound', () => {
    expect(boundWords({ level: 'organization' })).toBe('the organization')
    expect(boundWords({ level: 'environment', environmentName: 'production' })).toBe('every environment named production')
    expect(boundWords({ level: 'project', targetId: 'prj_1', targetName: 'payments' })).toBe('payments')
  })
  it('says what a binding reaches', () => {
    expect(reachWords({ level: 'organization' })).toBe('Every protected action in all projects, environments and clusters.')
    expect(reachWords({ level: 'project', targetName: 'payments', actions: ['release.deploy', 'rollback.execute'] }, { 'release.deploy': 'Release deploy' })).toBe(
      'Release deploy and rollback.execute on payments and in its environments.',
    )
    expect(reachWords({ level: 'environment', environmentName: 'production' })).toBe(
      'Every protected action in any environment named production, whatever the project.',
    )
  })
  it('says how lines combine', () => {
    expect(combinationWords({ quorum: { minApprovals: 2 } })).toMatch(/^That is all/)
    expect(combinationWords({ quorum: { minApprovals: 2, minDistinctTeams: 2 } })).toMatch(/^Every line must hold/)
  })
})
