import { Chip, Group, SegmentedControl, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { combinationWords, type Names } from '~/parts/ruleWords'
import { DurationInline } from '~/ui/DurationInline'
import { Note } from '~/ui/Note'
import { NumberField } from '~/ui/NumberField'
import { numberFault } from '~/ui/numbers'
import classes from './Editor.module.css'
import { type Draft, formOf, LEVELS } from './form'
import { PeoplePicker } from './PeoplePicker'
import { environmentsQuery, organizationQuery } from './queries'
import { WindowRows } from './WindowRows'

export interface SectionProps {
  draft: Draft
  names: Names
  /** A change of some fields; ids that became known come with their names. */
  set: (change: Partial<Draft>, names?: Names) => void
  /** What the server says about a field, as a sentence. */
  fault: (...fields: string[]) => string | undefined
  /** What is worth a second look about a field. */
  warning: (...fields: string[]) => string | undefined
}

function Section({ number, title, hint, children }: { number: number; title: string; hint?: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <span className={classes.number} aria-hidden>
        {number}
      </span>
      <div className={classes.inner}>
        <h2 className={classes.heading}>
          {title} {hint ? <span className={classes.hint}>{hint}</span> : null}
        </h2>
        {children}
      </div>
    </section>
  )
}

function Said({ fault, warning }: { fault?: string | undefined; warning?: string | undefined }) {
  return (
    <>
      {fault ? <Note tone="bad">{fault}</Note> : null}
      {warning ? <Note tone="pending">{warning}</Note> : null}
    </>
  )
}

/** What the policy is called, why it exists, and where it may be bound. */
export function Protects({ draft, set, fault }: SectionProps) {
  return (
    <Section number={1} title="What it protects">
      <TextInput label="Name" maxLength={200} value={draft.name} error={fault('name')} onChange={(event) => set({ name: event.currentTarget.value })} />
      <Textarea
        label="Why it exists"
        description="Approvers read this beside every request."
        autosize
        minRows={2}
        mt="sm"
        value={draft.description}
        error={fault('description')}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <fieldset className={classes.field}>
        <legend>Can be bound to</legend>
        <Chip.Group multiple value={draft.scope} onChange={(scope) => set({ scope })}>
          <Group gap={6}>
            {LEVELS.map((level) => (
              <Chip key={level} value={level} size="xs" radius={6} variant="light">
                {level === 'organization' ? 'Organization' : level.charAt(0).toUpperCase() + level.slice(1)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Said fault={fault('scope')} />
      </fieldset>
    </Section>
  )
}

/** Who can approve at all. */
export function Approvers({ draft, names, set, fault, warning }: SectionProps) {
  return (
    <Section number={2} title="Who can approve" hint="people, teams or roles; viewers never count">
      <PeoplePicker
        label="Who can approve"
        quiet
        placeholder="Add people, teams or roles by name"
        value={draft.approvers}
        names={names}
        onChange={(approvers, more) => set({ approvers }, more)}
        error={fault('approvers', 'approvers.users', 'approvers.teams', 'approvers.orgRoles')}
      />
      <Switch
        mt="sm"
        label="The requester may approve too"
        description={draft.requesterCanApprove ? 'On: one person can ask and approve.' : 'Off: the requester never counts.'}
        checked={draft.requesterCanApprove}
        onChange={(event) => set({ requesterCanApprove: event.currentTarget.checked })}
      />
      {draft.requesterCanApprove ? (
        <Note tone="pending" title="This gives up that two people look at it.">
          {warning('requesterCanApprove') ?? 'It is meant for development and tests, and is strongly discouraged for production.'}
        </Note>
      ) : null}
    </Section>
  )
}

const many = { min: 1, max: 100 }

/** The quorum as a sentence with fields in it. */
export function HowMany({ draft, names, set, fault, warning }: SectionProps) {
  return (
    <Section number={3} title="How many" hint="every line must hold">
      <div className={classes.quorum}>
        At least{' '}
        <NumberField
          quiet
          aria-label="How many people at least"
          className={classes.small}
          {...many}
          value={draft.minApprovals}
          error={fault('quorum.minApprovals')}
          onChange={(minApprovals) => set({ minApprovals })}
        />{' '}
        {draft.minApprovals === 1 ? 'person' : 'people'}, from at least{' '}
        <NumberField
          quiet
          aria-label="From how many different teams at least; empty for any"
          className={classes.small}
          {...many}
          placeholder="any"
          value={draft.minDistinctTeams}
          optional
          error={fault('quorum.minDistinctTeams')}
          onChange={(minDistinctTeams) => set({ minDistinctTeams })}
        />{' '}
        different {draft.minDistinctTeams === 1 ? 'team' : 'teams'},
      </div>
      <Said fault={numberFault(draft.minApprovals, many) ?? numberFault(draft.minDistinctTeams, { ...many, optional: true }) ?? fault('quorum.minApprovals') ?? fault('quorum.minDistinctTeams')} />
      <div className={classes.quorum}>
        including somebody from each of
        <span className={classes.grow}>
          <PeoplePicker
            label="Teams, roles and people that must be among the approvals"
            quiet
            placeholder="nobody in particular"
            value={draft.required}
            names={names}
            onChange={(required, more) => set({ required }, more)}
            error={fault('quorum.requiredUserIds', 'quorum.requiredTeamIds', 'quorum.requiredOrgRoles')}
          />
        </span>
      </div>
      <p className={classes.help}>{combinationWords(formOf(draft))}</p>
      <Said fault={fault('quorum')} warning={warning('quorum')} />
      <div className={classes.field}>
        <div id="vote-note" className={classes.legend}>
          A note with a vote
        </div>
        <SegmentedControl
          aria-labelledby="vote-note"
          value={draft.voteReasonRequired}
          onChange={(voteReasonRequired) => set({ voteReasonRequired })}
          data={[
            { value: 'never', label: 'Not required' },
            { value: 'on-deny', label: 'When rejecting' },
            { value: 'always', label: 'Always' },
          ]}
        />
        <Said fault={fault('voteReasonRequired')} />
      </div>
    </Section>
  )
}

const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** Where and when it applies. */
export function Applies({ draft, names, set, fault, warning }: SectionProps) {
  const known = useQuery(environmentsQuery).data?.items ?? []
  const own = useQuery(organizationQuery).data?.zone ?? 'UTC'
  const environmentNames = [...new Set(known.map((one) => one.name))]
  return (
    <Section number={4} title="When it applies" hint="everything given must match">
      <div className={classes.pair}>
        <TagsInput
          label="Environments"
          placeholder={draft.environments.length === 0 ? 'any' : undefined}
          data={environmentNames}
          value={draft.environments.map((id) => names[id] ?? id)}
          error={fault('conditions.environments')}
          onChange={(environments) => set({ environments: environments.map((word) => draft.environments.find((id) => names[id] === word) ?? word) })}
        />
        <Select
          label="Time zone"
          placeholder={`${own}, the organization's`}
          data={zones()}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': "Use the organization's time zone" }}
          value={draft.timezone || null}
          error={fault('conditions.timezone')}
          onChange={(zone) => set({ timezone: zone ?? '' })}
        />
      </div>
      <Said warning={warning('conditions.environments')} />
      <TextInput
        mt="sm"
        label="Environments named like"
        description="An asterisk stands for anything, for example prod-*."
        placeholder="any name"
        value={draft.environmentPattern}
        error={fault('conditions.environmentPattern')}
        onChange={(event) => set({ environmentPattern: event.currentTarget.value })}
      />
      <WindowRows draft={draft} set={set} fault={fault} />
      <Said warning={warning('conditions')} />
      <Switch
        mt="sm"
        label="An ask without a reason is refused"
        checked={draft.requireReason}
        onChange={(event) => set({ requireReason: event.currentTarget.checked })}
      />
    </Section>
  )
}

/** How long it waits, how long an approval is good for, and who is asked when nobody answers. */
export function Deadlines({ draft, names, set, fault, warning }: SectionProps) {
  const escalation = draft.escalation
  return (
    <Section number={5} title="Deadlines">
      <div className={classes.quorum}>
        Waits <DurationInline label="How long a request waits" value={draft.expiresAfter} error={fault('expiresAfter')} onChange={(expiresAfter) => set({ expiresAfter })} />
        and then expires. An approval can be used for{' '}
        <DurationInline label="How long a grant is usable" units={['M', 'H']} value={draft.grantValidFor} error={fault('grantValidFor')} onChange={(grantValidFor) => set({ grantValidFor })} />
      </div>
      <Said fault={fault('expiresAfter') ?? fault('grantValidFor')} />
      <Switch
        mt="sm"
        label="Widen who may approve when nobody answers"
        description="An escalation adds people; it never lowers the quorum."
        checked={escalation !== undefined}
        onChange={(event) =>
          set({ escalation: event.currentTarget.checked ? { approvers: { users: [], teams: [], roles: [] }, after: 'PT2H' } : undefined })
        }
      />
      {escalation ? (
        <div className={classes.quorum}>
          After <DurationInline label="After how long it escalates" value={escalation.after} error={fault('escalation.after')} onChange={(after) => set({ escalation: { ...escalation, after } })} /> also
          <span className={classes.grow}>
            <PeoplePicker
              label="Who may approve after the escalation"
              quiet
              value={escalation.approvers}
              names={names}
              onChange={(approvers, more) => set({ escalation: { ...escalation, approvers } }, more)}
              error={fault('escalation.approvers', 'escalation.approvers.users', 'escalation.approvers.teams', 'escalation.approvers.orgRoles')}
            />
          </span>
        </div>
      ) : null}
      <Said fault={fault('escalation.after')} warning={warning('escalation.after')} />
    </Section>
  )
}
