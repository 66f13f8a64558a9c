import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '~/api/client'
import { ProblemNote } from '~/ui/ProblemNote'
import { Door } from './Door'

/** The secret of a one-time link stands behind the #, which no browser sends anywhere. */
function secretOfLink(): string {
  return decodeURIComponent(window.location.hash.replace(/^#/, ''))
}

/** Opens a one-time link: the person sets a password nobody else ever knows, and is signed in. */
export function EnrolPage() {
  const router = useRouter()
  const client = useQueryClient()
  const [link, setLink] = useState(secretOfLink)
  const [given] = useState(link !== '')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const differs = again !== '' && again !== password

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (again !== password) return
    setBusy(true)
    setError(undefined)
    try {
      await api.POST('/api/v1/enrolments', { body: { link: link.trim(), password, transport: 'cookie' } })
      client.clear()
      router.history.replace('/')
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }

  return (
    <Door title="Set your password">
      <form onSubmit={(event) => void submit(event)}>
        {given ? null : (
          <TextInput
            label="One-time link"
            description="The link you were given, or its last part"
            required
            mb="sm"
            value={link}
            onChange={(event) => setLink(event.currentTarget.value.replace(/^.*#/, ''))}
          />
        )}
        <PasswordInput
          label="New password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          mb="sm"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordInput
          label="The same again"
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={again}
          error={differs ? 'The two passwords differ.' : undefined}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        {error ? <ProblemNote error={error} /> : null}
        <Button type="submit" fullWidth mt="lg" loading={busy} disabled={differs}>
          Set it and sign in
        </Button>
      </form>
      <p>The link works once. Nobody else ever sees this password.</p>
    </Door>
  )
}
