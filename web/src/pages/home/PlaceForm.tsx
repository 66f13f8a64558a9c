import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { api, data, newKey } from '~/api/client'
import { useMay } from '~/app/session'
import { fault } from '~/ui/fault'
import { ProblemNote } from '~/ui/ProblemNote'
import classes from './FirstSteps.module.css'

const tiers = [
  { value: 'production', label: 'Production' },
  { value: 'staging', label: 'Staging' },
  { value: 'development', label: 'Development' },
]

/** A project and its first environment, in one line. */
export function PlaceForm() {
  const client = useQueryClient()
  const may = useMay('projects-write')
  const [project, setProject] = useState('')
  const [environment, setEnvironment] = useState('production')
  const [tier, setTier] = useState('production')
  // The project that was made when the environment was refused: it is not made twice.
  const made = useRef<{ name: string; id: string }>(undefined)
  const act = useMutation({
    mutationFn: async () => {
      const name = project.trim()
      if (made.current?.name !== name) {
        const { id } = await data(api.POST('/api/v1/projects', { params: { header: { 'Idempotency-Key': newKey() } }, body: { name } }))
        made.current = { name, id }
      }
      await api.POST('/api/v1/environments', {
        params: { header: { 'Idempotency-Key': newKey() } },
        body: { projectId: made.current.id, name: environment.trim(), tier },
      })
    },
    onSuccess: () => Promise.all(['places', 'requests'].map((room) => client.invalidateQueries({ queryKey: [room] }))),
  })
  if (!may) return <p className={classes.line}>An administrator adds projects and environments.</p>
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!act.isPending) act.mutate()
  }
  const wrong = (field: string, of: 'project' | 'environment') => ((made.current?.name === project.trim()) === (of === 'environment') ? fault(act.error, field) : undefined)
  return (
    <form onSubmit={submit}>
      <p className={classes.line}>What is deployed, and where it runs. Policies are bound to these.</p>
      <div className={classes.form}>
        <TextInput label="Project" placeholder="payments" required value={project} error={wrong('name', 'project')} onChange={(event) => setProject(event.currentTarget.value)} />
        <TextInput label="Environment" required value={environment} error={wrong('name', 'environment')} onChange={(event) => setEnvironment(event.currentTarget.value)} />
        <Select label="Tier" data={tiers} value={tier} allowDeselect={false} onChange={(value) => setTier(value ?? 'production')} />
        <Button type="submit" loading={act.isPending}>
          Add both
        </Button>
      </div>
      {act.error ? <ProblemNote error={act.error} what={made.current ? `The project ${made.current.name} is there; its environment is not.` : 'Nothing was added.'} /> : null}
    </form>
  )
}
