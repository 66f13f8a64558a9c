import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { DurationField } from '~/ui/DurationField'
import { fault } from '~/ui/fault'
import { Lasting } from '~/ui/Lasting'

export interface BreakglassValues {
  breakGlassMinimum: string
  breakGlassMaximum: string
  breakGlassClosureAfter: string
  breakGlassReviewAfter: string
  breakGlassBlocksNext: string
}

const blocking = [
  { value: 'nobody', label: 'Off', says: 'New sessions can be opened' },
  { value: 'person', label: 'For the session’s owner', says: 'The session’s owner cannot open another' },
  { value: 'team', label: 'For the session’s owner and everybody in his teams', says: 'Nobody of the owner’s teams can open another' },
]

/** What the organization says of break-glass, of everything that it says. */
export function breakglassOf(organization: BreakglassValues): BreakglassValues {
  const { breakGlassMinimum, breakGlassMaximum, breakGlassClosureAfter, breakGlassReviewAfter, breakGlassBlocksNext } = organization
  return { breakGlassMinimum, breakGlassMaximum, breakGlassClosureAfter, breakGlassReviewAfter, breakGlassBlocksNext }
}

/** The same as facts, for who only reads. */
export function breakglassFacts(organization: BreakglassValues): Array<readonly [string, ReactNode]> {
  return [
    [
      'Break-glass lasts',
      <span key="lasts">
        <Lasting iso={organization.breakGlassMinimum} /> to <Lasting iso={organization.breakGlassMaximum} />
      </span>,
    ],
    ['Closure within', <Lasting key="closure" iso={organization.breakGlassClosureAfter} />],
    ['Review within', <Lasting key="review" iso={organization.breakGlassReviewAfter} />],
    ['While one is owed', blocking.find((one) => one.value === organization.breakGlassBlocksNext)?.says],
  ]
}

interface BreakglassFieldsProps {
  values: BreakglassValues
  error: unknown
  onChange: (part: Partial<BreakglassValues>) => void
}

/** How long sessions last, and what is owed after them. */
export function BreakglassFields({ values, error, onChange }: BreakglassFieldsProps) {
  return (
    <>
      <DurationField label="A break-glass session lasts at least" description="It is what is offered first." value={values.breakGlassMinimum} error={fault(error, 'breakGlassMinimum')} onChange={(breakGlassMinimum) => onChange({ breakGlassMinimum })} />
      <DurationField label="and at most" description="Making it shorter ends sessions that run already." value={values.breakGlassMaximum} error={fault(error, 'breakGlassMaximum')} onChange={(breakGlassMaximum) => onChange({ breakGlassMaximum })} />
      <DurationField label="Its closure is owed within" description="After its end; then it is overdue, and security people are told." value={values.breakGlassClosureAfter} error={fault(error, 'breakGlassClosureAfter')} onChange={(breakGlassClosureAfter) => onChange({ breakGlassClosureAfter })} />
      <DurationField label="Its review is owed within" value={values.breakGlassReviewAfter} error={fault(error, 'breakGlassReviewAfter')} onChange={(breakGlassReviewAfter) => onChange({ breakGlassReviewAfter })} />
      <Select
        label="Block new sessions while a closure or review is owed"
        allowDeselect={false}
        data={blocking.map(({ value, label }) => ({ value, label }))}
        value={values.breakGlassBlocksNext}
        error={fault(error, 'breakGlassBlocksNext')}
        onChange={(value) => value && onChange({ breakGlassBlocksNext: value })}
      />
    </>
  )
}
