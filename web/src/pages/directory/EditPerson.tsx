import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, type Schemas } from '~/api/client'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'

/** A person's name and address; the handle stays, for the log names people by it. */
export function EditPerson({ person, opened, onClose }: { person: Schemas['PeoplePersonView']; opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const [name, setName] = useState(person.name)
  const [email, setEmail] = useState(person.email ?? '')
  const [version, setVersion] = useState(person.version)
  useEffect(() => {
    if (!opened) return
    setName(person.name)
    setEmail(person.email ?? '')
    setVersion(person.version)
    // The form is filled when it opens; what changes meanwhile is told by the server's refusal.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [opened])
  const save = useMutation({
    mutationFn: () =>
      api.PATCH('/api/v1/people/{id}', {
        params: { path: { id: person.id }, header: { 'If-Match': `"${version}"` } },
        body: { name, email },
      }),
    onSuccess: () => {
      onClose()
      return client.invalidateQueries({ queryKey: ['directory'] })
    },
  })
  return (
    <FormDialog opened={opened} onClose={onClose} title={`Edit ${person.name}`} verb="Save" onSubmit={() => save.mutate()} busy={save.isPending} error={save.error} refused="Nothing was saved.">
      <TextInput label="Name" data-autofocus required withAsterisk={false} value={name} error={fault(save.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput mt="sm" label="E-mail (optional)" type="email" value={email} error={fault(save.error, 'email')} onChange={(event) => setEmail(event.currentTarget.value)} />
    </FormDialog>
  )
}
