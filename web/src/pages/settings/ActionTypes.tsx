import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, newKey, type Schemas } from '~/api/client'
import { useMay } from '~/app/session'
import { EmergencyMark } from '~/parts/EmergencyMark'
import { actionsQuery } from '~/parts/places'
import { RiskTag } from '~/parts/RiskTag'
import { Card } from '~/ui/Card'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { type Column, Rows } from '~/ui/Rows'
import classes from './ActionTypes.module.css'

type Action = Schemas['ActionView']

const columns: ReadonlyArray<Column<Action>> = [
  {
    head: 'Action',
    bare: true,
    cell: (one) => (
      <>
        {one.title} <code className={classes.id}>{one.id}</code>
        {one.emergency ? (
          <>
            {' '}
            <EmergencyMark />
          </>
        ) : null}
        {one.description ? <div className={classes.about}>{one.description}</div> : null}
      </>
    ),
  },
  { head: 'Risk', width: 130, cell: (one) => <RiskTag risk={one.risk} /> },
  { head: 'On', width: 130, cell: (one) => one.level },
]

/** What Countersign does itself and can be gated is told apart from what the organization added. */
function groupOf(action: Action): string {
  if (action.group !== 'own') return action.group.charAt(0).toUpperCase() + action.group.slice(1).replace(/[-_]/g, ' ')
  return action.switchable ? 'Countersign itself' : 'Your own'
}

/** The kinds of action there are, by group, and those the organization adds. */
export function ActionTypes() {
  const mayChange = useMay('directory-write')
  const [adding, add] = useDisclosure(false)
  const actions = useQuery(actionsQuery)
  const groups = [...new Set((actions.data?.items ?? []).map(groupOf))]
  return (
    <Card
      title="Kinds of action"
      flush
      aside={
        mayChange ? (
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add.open}>
            Add your own
          </Button>
        ) : null
      }
    >
      {actions.isError ? <ProblemNote error={actions.error} what="The kinds of action could not be loaded." retry={() => void actions.refetch()} /> : null}
      {actions.isPending ? <Loading what="the kinds of action" lines={5} /> : null}
      {groups.map((group) => (
        <section key={group} className={classes.group}>
          <h3 className={classes.head}>{group}</h3>
          <Rows label={`Actions of the group ${group}`} rows={actions.data?.items.filter((one) => groupOf(one) === group) ?? []} columns={columns} keyOf={(one) => one.id} />
        </section>
      ))}
      <AddAction opened={adding} onClose={add.close} />
    </Card>
  )
}

const risks = ['low', 'medium', 'high', 'critical'].map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }))
const levels = ['organization', 'project', 'environment', 'cluster'].map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }))

function AddAction({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const [form, setForm] = useState({ id: '', title: '', description: '', risk: 'medium', level: 'project', deploying: false, emergency: false })
  const [key, setKey] = useState(newKey)
  useEffect(() => setKey(newKey()), [form])
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }))
  const add = useMutation({
    mutationFn: () => api.POST('/api/v1/actions', { params: { header: { 'Idempotency-Key': key } }, body: form }),
    onSuccess: () => {
      setForm({ id: '', title: '', description: '', risk: 'medium', level: 'project', deploying: false, emergency: false })
      onClose()
      return client.invalidateQueries({ queryKey: ['places'] })
    },
  })
  return (
    <FormDialog opened={opened} onClose={onClose} title="Add a kind of action" verb="Add" onSubmit={() => add.mutate()} busy={add.isPending} error={add.error} refused="It was not added.">
      <TextInput label="Title" description="For example Call a tool" data-autofocus required withAsterisk={false} value={form.title} error={fault(add.error, 'title')} onChange={(event) => change({ title: event.currentTarget.value })} />
      <TextInput mt="sm" label="Id" description="Lower-case words joined by dots, for example tool.call. It stays." required withAsterisk={false} autoCapitalize="none" spellCheck={false} value={form.id} error={fault(add.error, 'id')} onChange={(event) => change({ id: event.currentTarget.value })} />
      <Textarea mt="sm" label="Description (optional)" autosize minRows={2} value={form.description} error={fault(add.error, 'description')} onChange={(event) => change({ description: event.currentTarget.value })} />
      <Select mt="sm" label="Risk" allowDeselect={false} data={risks} value={form.risk} error={fault(add.error, 'risk')} onChange={(value) => value && change({ risk: value })} />
      <Select mt="sm" label="Done to a" allowDeselect={false} data={levels} value={form.level} error={fault(add.error, 'level')} onChange={(value) => value && change({ level: value })} />
      <Checkbox mt="md" label="It deploys something" description="A frozen environment refuses it." checked={form.deploying} onChange={(event) => change({ deploying: event.currentTarget.checked })} />
      <Checkbox
        mt="sm"
        label="It is for emergencies"
        description="Asking for it takes a reason, a policy must be bound to it, and security managers are told at once. It stays so."
        checked={form.emergency}
        error={fault(add.error, 'emergency')}
        onChange={(event) => change({ emergency: event.currentTarget.checked })}
      />
    </FormDialog>
  )
}
