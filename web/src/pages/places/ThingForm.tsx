import { Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, newKey, type Schemas } from '~/api/client'
import { type OwnAct, useOwnAct } from '~/parts/ownAct'
import { Reason, reasonHeader } from '~/parts/Reason'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'

type Kind = 'project' | 'cluster'
type Thing = Schemas['ThingViewsThingView']

interface FieldsProps {
  name: string
  setName: (name: string) => void
  description: string
  setDescription: (description: string) => void
  error: unknown
}

function ThingFields({ name, setName, description, setDescription, error }: FieldsProps) {
  return (
    <>
      <TextInput label="Name" data-autofocus required withAsterisk={false} autoCapitalize="none" spellCheck={false} value={name} error={fault(error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      <Textarea mt="sm" label="Description (optional)" autosize minRows={2} value={description} error={fault(error, 'description')} onChange={(event) => setDescription(event.currentTarget.value)} />
    </>
  )
}

/** A new project or cluster: a name and what it is for. */
export function AddThing({ kind, opened, onClose }: { kind: Kind; opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [key, setKey] = useState(newKey)
  useEffect(() => setKey(newKey()), [name, description])
  const add = useMutation({
    mutationFn: async () => {
      const call = { params: { header: { 'Idempotency-Key': key } }, body: { name, description } }
      await (kind === 'project' ? api.POST('/api/v1/projects', call) : api.POST('/api/v1/clusters', call))
    },
    onError: () => setKey(newKey()),
    onSuccess: () => {
      onClose()
      return client.invalidateQueries({ queryKey: ['places'] })
    },
  })
  useEffect(() => {
    if (!opened) return
    setName('')
    setDescription('')
    add.reset()
    // Emptied when it opens, and left alone while somebody types.
  }, [opened])
  return (
    <FormDialog opened={opened} onClose={onClose} title={`Add a ${kind}`} verb="Add" onSubmit={() => add.mutate()} busy={add.isPending} error={add.error} refused={`The ${kind} was not added.`}>
      <ThingFields {...{ name, setName, description, setDescription }} error={add.error} />
    </FormDialog>
  )
}

interface EditWish {
  /** What was to be edited, as it was then. */
  thing: Thing
  version: number
  body: Schemas['ProjectsThingPatch']
  reason: string
}

/** Edits projects or clusters; another name may need approval, because rules are found by what is asked for by name. */
export function useThingEdit(kind: Kind, name: string, onSent: () => void, onDone?: () => void): OwnAct<EditWish> {
  return useOwnAct<EditWish>({
    name,
    touches: ['places', 'directory', 'findings'],
    onSent,
    onDone,
    act: ({ thing, version, body, reason }) => {
      const headers = { 'If-Match': `"${version}"`, ...reasonHeader(reason) }
      return kind === 'project'
        ? api.PATCH('/api/v1/projects/{project}', { params: { path: { project: thing.id } }, headers, body })
        : api.PATCH('/api/v1/clusters/{cluster}', { params: { path: { cluster: thing.id } }, headers, body })
    },
  })
}

interface EditThingProps {
  /** The one to edit; none while nothing is edited. */
  thing: Thing | undefined
  opened: boolean
  onClose: () => void
  act: OwnAct<EditWish>
}

/** Another name or description. */
export function EditThing({ thing, opened, onClose, act }: EditThingProps) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [version, setVersion] = useState(0)
  const [reason, setReason] = useState('')
  useEffect(() => {
    if (!opened || !thing) return
    setName(thing.name)
    setDescription(thing.description ?? '')
    setVersion(thing.version)
    setReason('')
    act.reset()
    // Filled when it opens, and left alone while somebody types.
  }, [opened])
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={`Edit ${thing?.name ?? ''}`}
      verb="Save"
      onSubmit={() => thing && act.run({ thing, version, body: { name, description }, reason })}
      busy={act.busy}
      error={act.error}
      refused="Nothing was saved."
    >
      <ThingFields {...{ name, setName, description, setDescription }} error={act.error} />
      {thing && name !== thing.name ? <Reason value={reason} onChange={setReason} error={fault(act.error, 'reason')} /> : null}
    </FormDialog>
  )
}
