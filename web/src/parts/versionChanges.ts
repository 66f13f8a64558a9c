import type { Schemas } from '~/api/client'
import { isoDuration, isoMillis } from '~/ui/time'
import { listed, type Names, people } from './ruleWords'

type Form = Partial<Schemas['TemplateForm']>

/** What a change does to whoever asks: more is demanded, less is, or it cannot be said. */
export type Effect = 'stricter' | 'weaker' | 'different'

export interface VersionChange {
  what: string
  before: string
  after: string
  effect: Effect
}

const NONE = 'not asked'

function named(ids: string[] | undefined, names: Names): string[] {
  return (ids ?? []).map((id) => names[id] ?? id).sort((one, other) => one.localeCompare(other))
}

/** How two sets relate: more members, fewer, others. */
function growth(before: string[], after: string[]): 'same' | 'more' | 'fewer' | 'others' {
  const had = new Set(before)
  const has = new Set(after)
  const lost = before.some((one) => !has.has(one))
  const won = after.some((one) => !had.has(one))
  return lost && won ? 'others' : won ? 'more' : lost ? 'fewer' : 'same'
}

interface Sides {
  before: Form
  after: Form
}

type Rule = (sides: Sides, names: Names) => VersionChange | undefined

function number(what: string, of: (form: Form) => number, words: (value: number) => string): Rule {
  return ({ before, after }) => {
    const [old, now] = [of(before), of(after)]
    return old === now ? undefined : { what, before: words(old), after: words(now), effect: now > old ? 'stricter' : 'weaker' }
  }
}

/** A list where more members demand more (required ones), or allow more (approvers). */
function list(what: string, of: (form: Form) => string[] | undefined, more: 'stricter' | 'weaker', none: string): Rule {
  return ({ before, after }, names) => {
    const [old, now] = [named(of(before), names), named(of(after), names)]
    const grown = growth(old, now)
    if (grown === 'same') return undefined
    const less = more === 'stricter' ? 'weaker' : 'stricter'
    return {
      what,
      before: listed(old, 'and') || none,
      after: listed(now, 'and') || none,
      effect: grown === 'more' ? more : grown === 'fewer' ? less : 'different',
    }
  }
}

function flag(what: string, of: (form: Form) => boolean | undefined, on: 'stricter' | 'weaker'): Rule {
  return ({ before, after }) => {
    const [old, now] = [of(before) ?? false, of(after) ?? false]
    if (old === now) return undefined
    const off = on === 'stricter' ? 'weaker' : 'stricter'
    return { what, before: old ? 'yes' : 'no', after: now ? 'yes' : 'no', effect: now ? on : off }
  }
}

function time(what: string, of: (form: Form) => string | undefined, longer: Effect): Rule {
  return ({ before, after }) => {
    const [old, now] = [of(before) ?? '', of(after) ?? '']
    if ((isoMillis(old) ?? old) === (isoMillis(now) ?? now)) return undefined
    const less: Effect = longer === 'weaker' ? 'stricter' : longer === 'stricter' ? 'weaker' : 'different'
    const grew = (isoMillis(now) ?? 0) > (isoMillis(old) ?? 0)
    return { what, before: isoDuration(old), after: isoDuration(now), effect: grew ? longer : less }
  }
}

function text(what: string, of: (form: Form) => string | undefined): Rule {
  return ({ before, after }) => {
    const [old, now] = [of(before) ?? '', of(after) ?? '']
    return old === now ? undefined : { what, before: old || 'empty', after: now || 'empty', effect: 'different' }
  }
}

const NOTES = ['never', 'on-deny', 'always']
const noteWords: Record<string, string> = { never: 'not required', 'on-deny': 'when rejecting', always: 'always' }

function windows(form: Form): string[] {
  const conditions = form.conditions ?? {}
  const words = (window: { weekdays?: string[]; startHour?: number; endHour?: number }) =>
    `${(window.weekdays ?? []).map((day) => day.slice(0, 3)).join(' ') || 'every day'}${
      window.startHour === undefined ? '' : ` ${window.startHour}:00 to ${window.endHour}:00`
    }`
  const base = conditions.weekdays || conditions.startHour !== undefined ? [words(conditions)] : []
  return [...base, ...(conditions.schedules ?? []).map(words)]
}

/** Where it applies: no list is everywhere, so that a list is weaker and a longer list stricter. */
const places: Rule = ({ before, after }, names) => {
  const [old, now] = [named(before.conditions?.environments, names), named(after.conditions?.environments, names)]
  const grown = growth(old, now)
  if (grown === 'same') return undefined
  const effect: Effect =
    old.length === 0 ? 'weaker' : now.length === 0 || grown === 'more' ? 'stricter' : grown === 'fewer' ? 'weaker' : 'different'
  return { what: 'Environments', before: listed(old, 'and') || 'all', after: listed(now, 'and') || 'all', effect }
}

const pattern: Rule = ({ before, after }) => {
  const [old, now] = [before.conditions?.environmentPattern ?? '', after.conditions?.environmentPattern ?? '']
  if (old === now) return undefined
  return { what: 'Environments named like', before: old || 'any', after: now || 'any', effect: !old ? 'weaker' : !now ? 'stricter' : 'different' }
}

const hours: Rule = ({ before, after }) => {
  const [old, now] = [windows(before), windows(after)]
  if (old.join('|') === now.join('|')) return undefined
  const grown = growth(old, now)
  const effect: Effect =
    old.length === 0 ? 'weaker' : now.length === 0 ? 'stricter' : grown === 'more' ? 'stricter' : grown === 'fewer' ? 'weaker' : 'different'
  return { what: 'Hours', before: old.join(', ') || 'always', after: now.join(', ') || 'always', effect }
}

const notes: Rule = ({ before, after }) => {
  const [old, now] = [before.voteReasonRequired ?? 'on-deny', after.voteReasonRequired ?? 'on-deny']
  if (old === now) return undefined
  return {
    what: 'A note with a vote',
    before: noteWords[old] ?? old,
    after: noteWords[now] ?? now,
    effect: NOTES.indexOf(now) > NOTES.indexOf(old) ? 'stricter' : 'weaker',
  }
}

const escalation: Rule = ({ before, after }, names) => {
  const words = (form: Form) =>
    form.escalation
      ? `after ${isoDuration(form.escalation.after)} also ${listed(
          named(
            [
              ...(form.escalation.approvers.teams ?? []),
              ...(form.escalation.approvers.orgRoles ?? []),
              ...(form.escalation.approvers.users ?? []),
            ],
            names,
          ),
          'and',
        )}`
      : 'off'
  const [old, now] = [words(before), words(after)]
  if (old === now) return undefined
  return { what: 'Escalation', before: old, after: now, effect: old === 'off' ? 'weaker' : now === 'off' ? 'stricter' : 'different' }
}

const rules: Rule[] = [
  text('Name', (form) => form.name),
  text('Why it exists', (form) => form.description),
  list('Can be bound to', (form) => form.scope, 'weaker', 'nothing'),
  number('At least', (form) => form.quorum?.minApprovals ?? 1, people),
  number('Different teams', (form) => form.quorum?.minDistinctTeams ?? 0, (value) => (value === 0 ? NONE : String(value))),
  list('Required teams', (form) => form.quorum?.requiredTeamIds, 'stricter', NONE),
  list('Required roles', (form) => form.quorum?.requiredOrgRoles, 'stricter', NONE),
  list('Required people', (form) => form.quorum?.requiredUserIds, 'stricter', NONE),
  list(
    'Who can approve',
    (form) => [...(form.approvers?.teams ?? []), ...(form.approvers?.orgRoles ?? []), ...(form.approvers?.users ?? [])],
    'weaker',
    'whom the quorum names',
  ),
  flag('The requester may approve', (form) => form.requesterCanApprove, 'weaker'),
  notes,
  flag('An ask needs a reason', (form) => form.conditions?.requireReason, 'stricter'),
  places,
  pattern,
  hours,
  text('Time zone', (form) => form.conditions?.timezone ?? "the organization's"),
  time('Waits', (form) => form.expiresAfter, 'different'),
  time('A grant is usable', (form) => form.grantValidFor, 'weaker'),
  escalation,
]

/** What one version changed, in words, each marked by what it does. */
export function versionChanges(before: Form, after: Form, names: Names): VersionChange[] {
  return rules.flatMap((rule) => rule({ before, after }, names) ?? []).map((change) =>
    change.what === 'Can be bound to' ? { ...change, effect: 'different' as const } : change,
  )
}

/** One line for a list of versions: "At least 2 people, Different teams 2". */
export function changeLine(changes: VersionChange[]): string {
  if (changes.length === 0) return 'Nothing changed'
  const words = changes.slice(0, 2).map((one) => {
    if (one.what === 'Why it exists') return 'another description'
    return `${one.what.toLowerCase()}: ${one.after}`
  })
  const line = words.join('; ') + (changes.length > 2 ? `; ${changes.length - 2} more` : '')
  return line.charAt(0).toUpperCase() + line.slice(1)
}
