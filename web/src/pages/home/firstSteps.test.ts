import { describe, expect, it } from 'vitest'
import { doneSteps, firstPolicy, meetWords, presentStep, presets } from './firstSteps'

const nothing = { people: 1, teams: 0, environments: 0, boundPolicies: 0, requests: 0 }

describe('first steps', () => {
  it('go in order, and what is done stays done', () => {
    expect(presentStep(nothing)).toBe('people')
    expect(presentStep({ ...nothing, people: 2, teams: 1 })).toBe('places')
    expect(presentStep({ ...nothing, people: 2, teams: 1, environments: 1 })).toBe('policy')
    expect(presentStep({ people: 2, teams: 1, environments: 1, boundPolicies: 1, requests: 0 })).toBe('ask')
    expect(presentStep({ people: 2, teams: 1, environments: 1, boundPolicies: 1, requests: 9 })).toBeUndefined()
    expect(doneSteps({ ...nothing, environments: 3 })).toEqual({ people: false, places: true, policy: false, ask: false })
  })
  it('one person alone cannot countersign', () => {
    expect(doneSteps({ ...nothing, teams: 1 }).people).toBe(false)
  })
  it('offer policies that say what they say', () => {
    for (const preset of presets) {
      const policy = firstPolicy(preset.id, 't1', ['live'], 'Europe/Berlin')
      expect(policy.approvers?.teams).toEqual(['t1'])
      expect(preset.says('SRE')).toContain(`${policy.quorum?.minApprovals} p`)
    }
    expect(firstPolicy('production-only', 't', ['live'], 'UTC').conditions?.environments).toEqual(['live'])
    expect(firstPolicy('production-only', 't', [], 'UTC').conditions?.environments).toEqual(['production'])
    expect(firstPolicy('off-hours', 't', [], 'Asia/Tokyo').conditions?.timezone).toBe('Asia/Tokyo')
    expect(firstPolicy('off-hours', 't', [], 'UTC').conditions?.schedules).toHaveLength(2)
    expect(firstPolicy('always-on', 't', [], 'UTC').conditions).toBeUndefined()
  })
  it('say whether the people there are can meet it', () => {
    expect(meetWords('Always on', 1, undefined)).toMatch(/cannot be met yet: only 1 could approve/)
    expect(meetWords('Always on', 0, undefined)).toMatch(/nobody could approve/)
    expect(meetWords('Always on', 2, 2)).toMatch(/if everybody who could is there/)
    expect(meetWords('Always on', 5, 2)).toMatch(/5 could approve, 2 must\.$/)
  })
})
