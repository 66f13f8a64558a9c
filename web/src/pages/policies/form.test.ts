import { describe, expect, it } from 'vitest'
import { draftOf, emptyDraft, formOf, nobodyYet, presets, same } from './form'

describe('a policy in the editor', () => {
  it('knows whether anybody is named', () => {
    expect(nobodyYet(emptyDraft)).toBe(true)
    expect(nobodyYet({ ...emptyDraft, required: { users: [], teams: [], roles: ['admin'] } })).toBe(false)
  })
  const saved = {
    id: 'tpl_1',
    version: 3,
    name: 'Off-hours change gate',
    description: 'Somebody awake',
    scope: ['organization'],
    approvers: { users: [], teams: ['team_sre'], orgRoles: ['admin'] },
    quorum: { minApprovals: 2, minDistinctTeams: 2, requiredUserIds: [], requiredTeamIds: ['team_sre'], requiredOrgRoles: [] },
    conditions: {
      environments: ['production'],
      timezone: 'Europe/Istanbul',
      requireReason: true,
      schedules: [{ weekdays: ['monday'], startHour: 18, endHour: 9 }, { weekdays: ['saturday', 'sunday'] }],
    },
    requesterCanApprove: false,
    voteReasonRequired: 'always',
    expiresAfter: 'P1D',
    grantValidFor: 'PT30M',
    escalation: { approvers: { users: ['usr_1'], teams: [], orgRoles: [] }, after: 'PT2H' },
  }
  it('comes back as it was saved', () => {
    const form = formOf(draftOf(saved as never))
    expect(JSON.parse(JSON.stringify(form))).toEqual(
      JSON.parse(JSON.stringify({ ...saved, id: undefined, version: undefined })),
    )
  })
  it('writes one window as the plain fields of the policy guide', () => {
    const form = formOf({ ...emptyDraft, windows: [{ days: ['monday'], from: 9, to: 18 }] })
    expect(form.conditions).toMatchObject({ weekdays: ['monday'], startHour: 9, endHour: 18 })
    expect(form.conditions?.schedules).toBeUndefined()
  })
  it('keeps a window that must match besides the schedules', () => {
    const both = { ...saved, conditions: { ...saved.conditions, weekdays: ['friday'] } }
    const form = formOf(draftOf(both as never))
    expect(form.conditions?.weekdays).toEqual(['friday'])
    expect(form.conditions?.schedules).toHaveLength(2)
  })
  it('sends an empty number of people as 0, which the server refuses by name', () => {
    expect(formOf({ ...emptyDraft, minApprovals: '' }).quorum?.minApprovals).toBe(0)
  })
  it('knows whether anything was changed', () => {
    expect(same(emptyDraft, { ...emptyDraft, name: ' ' })).toBe(true)
    expect(same(emptyDraft, { ...emptyDraft, requireReason: true })).toBe(false)
  })
})

describe('the presets of the policy guide', () => {
  it('has off-hours as nights and whole weekends', () => {
    const offHours = presets('Europe/Istanbul').find((one) => one.id === 'off-hours')!
    const conditions = formOf(offHours.draft).conditions
    expect(conditions?.schedules).toEqual([
      { weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], startHour: 18, endHour: 9 },
      { weekdays: ['saturday', 'sunday'] },
    ])
    expect(conditions?.timezone).toBe('Europe/Istanbul')
    expect(conditions?.requireReason).toBe(true)
  })
})
