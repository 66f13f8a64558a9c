import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api, Problem, type Schemas } from '~/api/client'
import { Held } from '~/parts/Held'
import { useOwnAct } from '~/parts/ownAct'
import { Reason, reasonHeader } from '~/parts/Reason'
import { Card } from '~/ui/Card'
import { DurationField } from '~/ui/DurationField'
import { Facts } from '~/ui/Facts'
import { FormProblem } from '~/ui/FormProblem'
import { FormSection } from '~/ui/FormSection'
import { fault } from '~/ui/fault'
import { Lasting } from '~/ui/Lasting'
import { Note } from '~/ui/Note'
import { NumberField } from '~/ui/NumberField'
import { breakglassFacts, BreakglassFields, breakglassOf, type BreakglassValues } from './BreakglassFields'

type Organization = Schemas['OrganizationOrganizationView']

const reasons = [
  { value: 'never', label: 'Never' },
  { value: 'on-deny', label: 'When rejecting' },
  { value: 'always', label: 'Always' },
]

const MEBIBYTE = 1024 * 1024

interface Values extends BreakglassValues {
  name: string
  zone: string
  staleAfter: string
  denialMemory: string
  ownChangeWindow: string
  voteReasonRequired: string
  /** As typed. */
  asksPerMinute: number | string
  payloadMiB: number | string
  outcomeAfter: string
}

function valuesOf(organization: Organization): Values {
  return {
    name: organization.name,
    zone: organization.zone,
    staleAfter: organization.staleAfter,
    denialMemory: organization.denialMemory,
    ownChangeWindow: organization.ownChangeWindow,
    voteReasonRequired: organization.voteReasonRequired,
    asksPerMinute: organization.asksPerMinute,
    payloadMiB: organization.payloadLimit / MEBIBYTE,
    outcomeAfter: organization.outcomeAfter,
    ...breakglassOf(organization),
  }
}

/** What is sent; what has not been changed is sent as it is. */
function editOf({ payloadMiB, asksPerMinute, ...rest }: Values): Schemas['OrganizationChangesSettingsEdit'] {
  return { ...rest, asksPerMinute: Number(asksPerMinute), payloadLimit: Math.round(Number(payloadMiB) * MEBIBYTE) }
}

/** The save that was sent: where it is held, the very same is sent again. */
interface Wish {
  body: Schemas['OrganizationChangesSettingsEdit']
  version: number
  why: string
}

/** The settings of the organization; who may not change them reads them. */
export function OrganizationForm({ organization, readOnly }: { organization: Organization; readOnly: boolean }) {
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState(() => valuesOf(organization))
  const [version, setVersion] = useState(organization.version)
  const [why, setWhy] = useState('')
  const [saved, setSaved] = useState(false)
  const change = (part: Partial<Values>) => {
    setSaved(false)
    setValues((before) => ({ ...before, ...part }))
  }
  const save = useOwnAct<Wish, Organization>({
    name: 'organization-settings',
    touches: ['me'],
    act: (wish) => api.PATCH('/api/v1/organization', { params: { header: { 'If-Match': `"${wish.version}"` } }, headers: reasonHeader(wish.why), body: wish.body }),
    onDone: (saved) => {
      setValues(valuesOf(saved))
      setVersion(saved.version)
      setSaved(true)
      client.setQueryData(['organization'], saved)
    },
  })
  useEffect(() => {
    if (save.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [save.error])
  if (readOnly) {
    return (
      <Card title="Organization">
        <Facts
          of={[
            ['Name', organization.name],
            ['Time zone', organization.zone],
            ['Stale after', <Lasting key="stale" iso={organization.staleAfter} />],
            ['Denials count for', <Lasting key="denials" iso={organization.denialMemory} />],
            [
              'Added by the requester',
              <span key="own">
                Approvers do not count for <Lasting iso={organization.ownChangeWindow} />
              </span>,
            ],
            ['Reason for a vote', reasons.find((one) => one.value === organization.voteReasonRequired)?.label],
            ['Asks per minute', organization.asksPerMinute],
            ['Largest payload', `${organization.payloadLimit / MEBIBYTE} MiB`],
            ['Outcome within', <Lasting key="outcome" iso={organization.outcomeAfter} />],
            ...breakglassFacts(organization),
          ]}
        />
      </Card>
    )
  }
  const dirty = JSON.stringify(values) !== JSON.stringify(valuesOf(organization))
  const moved = organization.version !== version
  const stale = save.error instanceof Problem && save.error.code === 'version-changed'
  const wantsReason = why !== '' || fault(save.error, 'reason') !== undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!save.busy) save.run({ body: editOf(values), version, why })
  }
  const again = () => {
    setValues(valuesOf(organization))
    setVersion(organization.version)
    save.reset()
  }
  return (
    <Card title="Organization">
      <form ref={form} onSubmit={submit}>
        <Stack gap={18}>
          <FormSection title="Name and time">
            <TextInput label="Name" required withAsterisk={false} value={values.name} error={fault(save.error, 'name')} onChange={(event) => change({ name: event.currentTarget.value })} />
            <Select
              label="Time zone"
              description="Policies with hours and weekdays use it unless they name their own."
              searchable
              allowDeselect={false}
              data={[...new Set([values.zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]}
              value={values.zone}
              error={fault(save.error, 'zone')}
              onChange={(zone) => zone && change({ zone })}
            />
          </FormSection>
          <FormSection title="Asks">
            <NumberField label="Asks per minute" description="Of one person or account. 1 to 100,000." min={1} max={100_000} thousandSeparator="," value={values.asksPerMinute} error={fault(save.error, 'asksPerMinute')} onChange={(asksPerMinute) => change({ asksPerMinute })} />
            <NumberField label="Largest payload, in MiB" description="0.001 to 16." min={0.001} max={16} parts decimalScale={3} value={values.payloadMiB} error={fault(save.error, 'payloadLimit')} onChange={(payloadMiB) => change({ payloadMiB })} />
            <DurationField
              label="A denial is remembered for"
              description="The same ask within this time shows that it was denied before. 1 minute to 30 days."
              value={values.denialMemory}
              error={fault(save.error, 'denialMemory')}
              onChange={(denialMemory) => change({ denialMemory })}
            />
            <DurationField
              label="Approvers whom the requester made eligible do not count for"
              description="Who puts somebody into a team or gives a role, and then asks, cannot be approved by that person within this time. 1 hour to 30 days."
              value={values.ownChangeWindow}
              error={fault(save.error, 'ownChangeWindow')}
              onChange={(ownChangeWindow) => change({ ownChangeWindow })}
            />
          </FormSection>
          <FormSection title="Approval and outcome">
            <DurationField label="A request is stale after" description="Then it stands out in the inbox. 1 minute to 90 days." value={values.staleAfter} error={fault(save.error, 'staleAfter')} onChange={(staleAfter) => change({ staleAfter })} />
            <Select label="A vote needs a reason" description="Policies can ask for more, never for less." allowDeselect={false} data={reasons} value={values.voteReasonRequired} error={fault(save.error, 'voteReasonRequired')} onChange={(value) => value && change({ voteReasonRequired: value })} />
            <DurationField label="An outcome is expected within" description="After that, an execution without one is shown as not reported. 1 minute to 30 days." value={values.outcomeAfter} error={fault(save.error, 'outcomeAfter')} onChange={(outcomeAfter) => change({ outcomeAfter })} />
          </FormSection>
          <FormSection title="Break-glass">
            <BreakglassFields values={values} error={save.error} onChange={change} />
          </FormSection>
        </Stack>
        {moved || stale ? (
          <Note tone="replaced" title="Somebody else changed the settings meanwhile." alert>
            What you typed is still here. Read what is there now before you save.
            <div>
              <Button size="xs" variant="default" mt={6} onClick={again}>
                Take what is there now
              </Button>
            </div>
          </Note>
        ) : null}
        {wantsReason ? <Reason value={why} onChange={setWhy} error={fault(save.error, 'reason')} /> : null}
        <Held act={save} what="Change the settings" />
        {save.error && !stale && !save.held ? <FormProblem error={save.error} what="Nothing was saved." /> : null}
        <Group mt="lg" gap="sm">
          <Button type="submit" loading={save.busy}>
            Save
          </Button>
          {dirty && !moved ? (
            <Button variant="default" onClick={again}>
              Undo
            </Button>
          ) : null}
          <span role="status" style={{ color: 'var(--cs-dim)' }}>
            {saved && !dirty ? 'Saved.' : ''}
          </span>
        </Group>
      </form>
    </Card>
  )
}
