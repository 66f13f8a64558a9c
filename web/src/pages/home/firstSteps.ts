import type { Schemas } from '~/api/client'

type TemplateForm = Schemas['TemplateForm']

/** What is there of an organization that is being set up. */
export interface SetUp {
  people: number
  teams: number
  environments: number
  boundPolicies: number
  requests: number
}

export const steps = ['people', 'places', 'policy', 'ask'] as const
export type Step = (typeof steps)[number]

/** Which steps are done. One person alone cannot countersign, so people are done with two. */
export function doneSteps(setUp: SetUp): Record<Step, boolean> {
  return {
    people: setUp.people > 1 && setUp.teams > 0,
    places: setUp.environments > 0,
    policy: setUp.boundPolicies > 0,
    ask: setUp.requests > 0,
  }
}

/** The first step that is not done; none when all are. */
export function presentStep(setUp: SetUp): Step | undefined {
  const done = doneSteps(setUp)
  return steps.find((step) => !done[step])
}

export type PresetId = 'production-only' | 'off-hours' | 'always-on'

export interface Preset {
  id: PresetId
  title: string
  /** What it does, in one sentence; `team` is whose people sign. */
  says: (team: string) => string
}

export const presets: readonly Preset[] = [
  { id: 'production-only', title: 'Production only', says: (team) => `1 person from ${team} agrees to every change in production` },
  { id: 'off-hours', title: 'Off hours', says: (team) => `Nights and weekends need 1 person from ${team} who is awake` },
  { id: 'always-on', title: 'Always on', says: (team) => `2 people from ${team} agree to every protected action` },
]

const WORKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
const WEEKEND = ['saturday', 'sunday']

/** The policy that a preset makes. */
export function firstPolicy(preset: PresetId, team: string, productionNames: readonly string[], zone: string): TemplateForm {
  const shared = { scope: ['organization', 'project', 'environment'], approvers: { teams: [team] } }
  switch (preset) {
    case 'production-only':
      return {
        ...shared,
        name: 'Production changes',
        description: 'One person looks at every change to production.',
        quorum: { minApprovals: 1 },
        conditions: { environments: productionNames.length > 0 ? [...productionNames] : ['production'] },
      }
    case 'off-hours':
      return {
        ...shared,
        name: 'Off-hours changes',
        description: 'Outside business hours one more person looks.',
        quorum: { minApprovals: 1 },
        conditions: {
          timezone: zone,
          schedules: [{ weekdays: WORKDAYS, startHour: 18, endHour: 9 }, { weekdays: WEEKEND }],
        },
      }
    case 'always-on':
      return {
        ...shared,
        name: 'Every protected action',
        description: 'Two people look at whatever is protected, at any time.',
        quorum: { minApprovals: 2 },
      }
  }
}

/** Whether the people there are can meet a policy, in a sentence. */
export function meetWords(title: string, eligible: number, fewest: number | undefined): string {
  if (fewest === undefined) {
    return `With your people, \u201c${title}\u201d cannot be met yet: ${eligible === 0 ? 'nobody' : `only ${eligible}`} could approve. Add people to the team first.`
  }
  if (eligible === fewest) {
    return `\u201c${title}\u201d can be met, if everybody who could is there and did not ask: ${eligible} could approve, ${fewest} must.`
  }
  return `With your people, \u201c${title}\u201d can be met: ${eligible} could approve, ${fewest} must.`
}
