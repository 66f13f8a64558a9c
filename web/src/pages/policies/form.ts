import type { Template, TemplateForm } from './queries'

export const LEVELS = ['organization', 'project', 'cluster', 'environment'] as const
export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** One window of the week; no days is every day, the same hour twice is the whole day. */
export interface Window {
  days: string[]
  from: number
  to: number
}

/** People, teams and roles by id. */
export interface Chosen {
  users: string[]
  teams: string[]
  roles: string[]
}

/** A policy while it is written: everything has a value, and nothing is checked yet. */
export interface Draft {
  name: string
  description: string
  scope: string[]
  approvers: Chosen
  required: Chosen
  /** As typed: an empty field is not a number. */
  minApprovals: number | string
  minDistinctTeams: number | string
  requesterCanApprove: boolean
  voteReasonRequired: string
  environments: string[]
  environmentPattern: string
  timezone: string
  windows: Window[]
  /** A window that must match besides the others, as old policies may have. */
  within: Window | undefined
  requireReason: boolean
  expiresAfter: string
  grantValidFor: string
  escalation: { approvers: Chosen; after: string } | undefined
}

const nobody: Chosen = { users: [], teams: [], roles: [] }

export const emptyDraft: Draft = {
  name: '',
  description: '',
  scope: ['organization', 'project', 'environment'],
  approvers: nobody,
  required: nobody,
  minApprovals: 1,
  minDistinctTeams: '',
  requesterCanApprove: false,
  voteReasonRequired: 'on-deny',
  environments: [],
  environmentPattern: '',
  timezone: '',
  windows: [],
  within: undefined,
  requireReason: false,
  expiresAfter: 'P7D',
  grantValidFor: 'PT1H',
  escalation: undefined,
}

function chosen(form: { users?: string[]; teams?: string[]; orgRoles?: string[] } | undefined): Chosen {
  return { users: form?.users ?? [], teams: form?.teams ?? [], roles: form?.orgRoles ?? [] }
}

function windowOf(form: { weekdays?: string[]; startHour?: number; endHour?: number }): Window {
  return { days: form.weekdays ?? [], from: form.startHour ?? 0, to: form.endHour ?? 24 }
}

/** A saved policy, opened for editing. */
export function draftOf(template: Template | TemplateForm): Draft {
  const conditions = template.conditions ?? {}
  const quorum = template.quorum ?? {}
  const base = conditions.weekdays || conditions.startHour !== undefined ? windowOf(conditions) : undefined
  const schedules = (conditions.schedules ?? []).map(windowOf)
  return {
    name: template.name ?? '',
    description: template.description ?? '',
    scope: template.scope ?? [],
    approvers: chosen(template.approvers),
    required: { users: quorum.requiredUserIds ?? [], teams: quorum.requiredTeamIds ?? [], roles: quorum.requiredOrgRoles ?? [] },
    minApprovals: quorum.minApprovals ?? 1,
    minDistinctTeams: quorum.minDistinctTeams ?? '',
    requesterCanApprove: template.requesterCanApprove ?? false,
    voteReasonRequired: template.voteReasonRequired ?? 'on-deny',
    environments: conditions.environments ?? [],
    environmentPattern: conditions.environmentPattern ?? '',
    timezone: conditions.timezone ?? '',
    windows: schedules.length > 0 ? schedules : base ? [base] : [],
    within: schedules.length > 0 ? base : undefined,
    requireReason: conditions.requireReason ?? false,
    expiresAfter: template.expiresAfter ?? 'P7D',
    grantValidFor: template.grantValidFor ?? 'PT1H',
    escalation: template.escalation
      ? { approvers: chosen(template.escalation.approvers), after: template.escalation.after }
      : undefined,
  }
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined
}

/** A field of numbers as the API wants it; what is no number is sent as it is, so that the server says what is wrong. */
function count(value: number | string): number | undefined {
  if (value === '') return undefined
  return typeof value === 'number' ? value : Number(value)
}

function wholeDay(window: Window): boolean {
  return window.from === window.to || (window.from === 0 && window.to === 24)
}

function scheduleForm(window: Window) {
  const hours = wholeDay(window) && window.days.length > 0 ? {} : { startHour: window.from, endHour: window.to }
  return { ...(window.days.length > 0 ? { weekdays: window.days } : {}), ...hours }
}

function approversForm(list: Chosen) {
  return { users: list.users, teams: list.teams, orgRoles: list.roles }
}

/** The body that saving sends. */
export function formOf(draft: Draft): TemplateForm {
  const only = draft.windows.length === 1 && !draft.within ? draft.windows[0] : draft.within
  return {
    name: draft.name.trim(),
    description: draft.description.trim(),
    scope: draft.scope,
    approvers: approversForm(draft.approvers),
    quorum: {
      minApprovals: draft.minApprovals === '' ? 0 : count(draft.minApprovals),
      minDistinctTeams: count(draft.minDistinctTeams),
      requiredUserIds: draft.required.users,
      requiredTeamIds: draft.required.teams,
      requiredOrgRoles: draft.required.roles,
    },
    conditions: {
      environments: some(draft.environments),
      environmentPattern: draft.environmentPattern.trim() || undefined,
      timezone: draft.timezone || undefined,
      requireReason: draft.requireReason,
      ...(only ? scheduleForm(only) : {}),
      schedules: draft.windows.length > 1 || draft.within ? some(draft.windows.map(scheduleForm)) : undefined,
    },
    requesterCanApprove: draft.requesterCanApprove,
    voteReasonRequired: draft.voteReasonRequired,
    expiresAfter: draft.expiresAfter,
    grantValidFor: draft.grantValidFor,
    escalation: draft.escalation
      ? { approvers: approversForm(draft.escalation.approvers), after: draft.escalation.after }
      : undefined,
  }
}

/** Whether nobody is named who could approve. */
export function nobodyYet(draft: Draft): boolean {
  return [draft.approvers, draft.required].every((one) => one.users.length + one.teams.length + one.roles.length === 0)
}

/** Whether two drafts would save the same. */
export function same(one: Draft, other: Draft): boolean {
  return JSON.stringify(formOf(one)) === JSON.stringify(formOf(other))
}

/** The presets of the policy guide. */
export interface Preset {
  id: 'always-on' | 'off-hours' | 'production-only'
  title: string
  says: string
  draft: Draft
}

export function presets(zone: string): Preset[] {
  const workdays = DAYS.slice(0, 5)
  return [
    {
      id: 'always-on',
      title: 'Always on',
      says: 'Two people look at every change, at any time.',
      draft: {
        ...emptyDraft,
        name: 'Production Deploy Gate',
        description: 'Every change to production is looked at by two people before it happens.',
        scope: ['environment'],
        minApprovals: 2,
      },
    },
    {
      id: 'off-hours',
      title: 'Off hours',
      says: 'One more person is awake for changes at night and on weekends.',
      draft: {
        ...emptyDraft,
        name: 'Off-Hours Change Gate',
        description: 'Changes outside business hours need somebody else who is awake.',
        scope: ['organization'],
        timezone: zone,
        windows: [
          { days: [...workdays], from: 18, to: 9 },
          { days: ['saturday', 'sunday'], from: 0, to: 24 },
        ],
        requireReason: true,
        minApprovals: 1,
      },
    },
    {
      id: 'production-only',
      title: 'Production only',
      says: 'Two people for releases to production; staging and development stay free.',
      draft: {
        ...emptyDraft,
        name: 'Production Release Approval',
        description: 'Releases to production need two people; other environments are free.',
        scope: ['project'],
        environments: ['production'],
        minApprovals: 2,
      },
    },
  ]
}
