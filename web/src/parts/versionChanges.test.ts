import { describe, expect, it } from 'vitest'
import { changeLine, versionChanges } from './versionChanges'

const names = { sre: 'SRE', plat: 'Platform', sec: 'Security' }
const base = {
  name: 'Gate',
  description: '',
  scope: ['organization'],
  approvers: { users: [], teams: ['sre'], orgRoles: [] },
  quorum: { minApprovals: 1, requiredUserIds: [], requiredTeamIds: [], requiredOrgRoles: [] },
  conditions: { requireReason: false },
  requesterCanApprove: false,
  voteReasonRequired: 'on-deny',
  expiresAfter: 'P7D',
  grantValidFor: 'PT1H',
}
const plain = (changes: ReturnType<typeof versionChanges>) =>
  changes.map((one) => ({ ...one, before: one.before.replaceAll('\u00a0', ' '), after: one.after.replaceAll('\u00a0', ' ') }))

describe('what a version changed', () => {
  it('says nothing of what stayed', () => {
    expect(versionChanges(base, { ...base }, names)).toEqual([])
    expect(changeLine([])).toBe('Nothing changed')
  })
  it('marks what demands more as stricter, and what allows more as weaker', () => {
    const after = {
      ...base,
      quorum: { ...base.quorum, minApprovals: 2, minDistinctTeams: 2 },
      approvers: { ...base.approvers, teams: ['sre', 'plat', 'sec'] },
    }
    expect(versionChanges(base, after, names)).toEqual([
      { what: 'At least', before: '1 person', after: '2 people', effect: 'stricter' },
      { what: 'Different teams', before: 'not asked', after: '2', effect: 'stricter' },
      { what: 'Who can approve', before: 'SRE', after: 'Platform, Security and SRE', effect: 'weaker' },
    ])
  })
  it('knows that a first environment narrows and that none is everywhere', () => {
    const narrowed = { ...base, conditions: { requireReason: false, environments: ['production'] } }
    expect(versionChanges(base, narrowed, names)[0]).toMatchObject({ before: 'all', after: 'production', effect: 'weaker' })
    expect(versionChanges(narrowed, base, names)[0]).toMatchObject({ effect: 'stricter' })
    const wider = { ...base, conditions: { requireReason: false, environments: ['production', 'staging'] } }
    expect(versionChanges(narrowed, wider, names)[0]).toMatchObject({ effect: 'stricter' })
  })
  it('knows that hours narrow', () => {
    const night = { ...base, conditions: { requireReason: false, schedules: [{ weekdays: ['saturday'] }, { startHour: 18, endHour: 9 }] } }
    expect(versionChanges(base, night, names)[0]).toEqual({ what: 'Hours', before: 'always', after: 'sat, every day 18:00 to 9:00', effect: 'weaker' })
  })
  it('marks letting requesters approve, dropping reasons and longer grants as weaker', () => {
    const after = { ...base, requesterCanApprove: true, grantValidFor: 'PT2H', voteReasonRequired: 'never' }
    expect(plain(versionChanges(base, after, names))).toEqual([
      { what: 'The requester may approve', before: 'no', after: 'yes', effect: 'weaker' },
      { what: 'A note with a vote', before: 'when rejecting', after: 'not required', effect: 'weaker' },
      { what: 'A grant is usable', before: '1 h', after: '2 h', effect: 'weaker' },
    ])
  })
  it('does not judge what cannot be compared', () => {
    const others = { ...base, approvers: { users: [], teams: ['plat'], orgRoles: [] } }
    expect(versionChanges(base, others, names)[0]?.effect).toBe('different')
    expect(versionChanges(base, { ...base, scope: ['project'] }, names)[0]?.effect).toBe('different')
  })
  it('is one line for a list', () => {
    const after = { ...base, description: 'New', quorum: { ...base.quorum, minApprovals: 2 }, grantValidFor: 'PT2H' }
    expect(changeLine(versionChanges(base, after, names))).toBe('Another description; at least: 2 people; 1 more')
  })
})
