import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api, Problem } from '~/api/client'
import { ProblemNote } from '~/ui/ProblemNote'
import { Door, whereTo } from './Door'

const route = getRouteApi('/sign-in')

/** Where people sign in; it says where they go next. */
export function SignInPage() {
  const { to } = route.useSearch()
  const router = useRouter()
  const client = useQueryClient()
  const [organization, setOrganization] = useState('')
  const [several, setSeveral] = useState(false)
  const [handle, setHandle] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await api.POST('/api/v1/sessions', {
        body: {
          organization: organization.trim() || undefined,
          handle: handle.trim().replace(/^@/, ''),
          password,
          transport: 'cookie',
        },
      })
      client.clear()
      router.history.push(whereTo(to))
    } catch (problem) {
      if (problem instanceof Problem && problem.of('organization')) setSeveral(true)
      setError(problem)
      setBusy(false)
    }
  }

  return (
    <Door title="Sign in" next={to}>
      <form onSubmit={(event) => void submit(event)}>
        {several ? (
          <TextInput
            label="Organization"
            autoComplete="organization"
            required
            mb="sm"
            value={organization}
            onChange={(event) => setOrganization(event.currentTarget.value)}
          />
        ) : null}
        <TextInput
          label="Handle"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          mb="sm"
          value={handle}
          onChange={(event) => setHandle(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        />
        {error ? <ProblemNote error={error} /> : null}
        <Button type="submit" fullWidth mt="lg" loading={busy}>
          Sign in
        </Button>
      </form>
      <p>Forgot the password? An administrator makes you a one-time link.</p>
      {several ? null : (
        <p>
          <button type="button" onClick={() => setSeveral(true)}>
            Another organization
          </button>
        </p>
      )}
    </Door>
  )
}
