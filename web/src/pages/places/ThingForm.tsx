import { Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, newKey, type Schemas } from '~/api/client'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'

interface ThingFormProps {
  kind: 'project' | 'cluster'
  opened: boolean
  onClose: () => void
  /** The one to edit; none to add one. */
  thing?: Schemas['ThingViewsThingView'] | undefined
}

/** A project or a cluster to add or to edit: a name and what it is for. */
export function ThingForm({ kind, opened, onClose, thing }: ThingFormProps) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [start, setStart] = useState({ key: '', version: 0 })
  const save = useMutation({
    mutationFn: async () => {
      const body = { name, description }
      const add = { params: { header: { 'Idempotency-Key': start.key } }, body }
      const header = { 'If-Match': `"${start.version}"` }
      if (kind === 'project') {
        await (thing ? api.PATCH('/api/v1/projects/{project}', { params: { path: { project: thing.id }, header }, body }) : api.POST('/api/v1/projects', add))
      } else {
        await (thing ? api.PATCH('/api/v1/clusters/{cluster}', { params: { path: { cluster: thing.id }, header }, body }) : api.POST('/api/v1/clusters', add))
      }
    },
    onError: () => setStart((before) => ({ ...before, key: newKey() })),
    onSuccess: () => {
      onClose()
      void client.invalidateQueries({ queryKey: ['places'] })
      return client.invalidateQueries({ queryKey: ['directory', 'name'] })
    },
  })
  useEffect(() => {
    if (!opened) return
    setName(thing?.name ?? '')
    setDescription(thing?.description ?? '')
    setStart({ key: newKey(), version: thing?.version ?? 0 })
    save.reset()
    // Filled when it opens, and left alone while somebody types.
  }, [opened])
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={thing ? `Edit ${thing.name}` : `Add a ${kind}`}
      verb={thing ? 'Save' : 'Add'}
      onSubmit={() => save.mutate()}
      busy={save.isPending}
      error={save.error}
      refused={thing ? 'Nothing was saved.' : `The ${kind} was not added.`}
    >
      <TextInput label="Name" data-autofocus required withAsterisk={false} autoCapitalize="none" spellCheck={false} value={name} error={fault(save.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      <Textarea mt="sm" label="Description (optional)" autosize minRows={2} value={description} error={fault(save.error, 'description')} onChange={(event) => setDescription(event.currentTarget.value)} />
    </FormDialog>
  )
}
