import { TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { api, newKey, type Schemas } from '~/api/client'
import { ChooseRoles, ChooseTeams } from '~/parts/Choose'
import { followedHandle } from '~/parts/handle'
import { Held } from '~/parts/Held'
import { useOwnAct } from '~/parts/ownAct'
import { Reason, reasonHeader } from '~/parts/Reason'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { useOneTimeLink } from './OneTimeLink'

type Person = Schemas['PeoplePersonView']
interface Wish {
  body: Schemas['PeopleChangesNewPerson']
  reason: string
  key: string
}

const nothing = { handle: '', name: '', email: '', roles: ['developer'] as string[], teams: [] as string[], reason: '' }

/** A person to be added, and the one-time link by which he sets a password. */
export function AddPerson({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [form, setForm] = useState(nothing)
  const link = useOneTimeLink()
  const key = useRef(newKey())
  const change = (part: Partial<typeof nothing>) => {
    key.current = newKey()
    setForm((before) => ({ ...before, ...part }))
  }
  const rename = (name: string) => change({ name, handle: followedHandle(form.handle, form.name, name) })
  const add = useOwnAct<Wish, Person>({
    name: 'add-person',
    touches: ['directory'],
    onSent: onClose,
    act: ({ body, reason, key: idempotency }) =>
      api.POST('/api/v1/people', { params: { header: { 'Idempotency-Key': idempotency } }, headers: reasonHeader(reason), body }),
    onDone: (person) => {
      setForm(nothing)
      link.make({ personId: person.id, name: person.name, kind: 'enrolment' })
    },
  })
  const submit = () =>
    add.run({
      key: key.current,
      reason: form.reason,
      body: {
        handle: form.handle.trim().replace(/^@/, ''),
        name: form.name,
        email: form.email.trim() || undefined,
        roles: form.roles,
        teams: form.teams,
      },
    })
  return (
    <>
      <FormDialog opened={opened} onClose={onClose} title="Add a person" verb="Add and make a link" onSubmit={submit} busy={add.busy} error={add.error} refused="The person was not added.">
        <TextInput label="Name" data-autofocus required withAsterisk={false} value={form.name} error={fault(add.error, 'name')} onChange={(event) => rename(event.currentTarget.value)} />
        <TextInput
          mt="sm"
          label="Handle"
          description="Lower-case letters, digits, dots, dashes and underscores. It is how people sign in and are named."
          required
          withAsterisk={false}
          autoCapitalize="none"
          spellCheck={false}
          value={form.handle}
          error={fault(add.error, 'handle')}
          onChange={(event) => change({ handle: event.currentTarget.value })}
        />
        <TextInput mt="sm" label="E-mail (optional)" type="email" value={form.email} error={fault(add.error, 'email')} onChange={(event) => change({ email: event.currentTarget.value })} />
        <div style={{ marginTop: 8 }}>
          <ChooseRoles label="Roles" description="A person without a role can sign in and read nothing." value={form.roles} error={fault(add.error, 'roles')} onChange={(roles) => change({ roles })} />
        </div>
        <div style={{ marginTop: 8 }}>
          <ChooseTeams label="Teams (optional)" value={form.teams} error={fault(add.error, 'teams')} onChange={(teams) => change({ teams })} />
        </div>
        {form.roles.length > 0 ? <Reason value={form.reason} onChange={(reason) => change({ reason })} label="Why (optional)" /> : null}
      </FormDialog>
      <Held act={add} what={`Add ${add.held?.wish.body.name ?? 'a person'}`} />
      {link.shown}
    </>
  )
}
