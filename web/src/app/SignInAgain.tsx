import { Button, getDefaultZIndex, Modal, PasswordInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { api, whenSignedOut } from '~/api/client'
import { ProblemNote } from '~/ui/ProblemNote'
import { useMe } from './session'

/** Over every other dialog: what asked may be one itself. */
const above = getDefaultZIndex('max')

/** When the sign-in ends while somebody works: the password again, over the page, and nothing that was typed is lost. */
export function SignInAgain() {
  const me = useMe()
  const client = useQueryClient()
  const [opened, setOpened] = useState(false)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    whenSignedOut(() => setOpened(true))
    return () => whenSignedOut(() => undefined)
  }, [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await api.POST('/api/v1/sessions', {
        body: { organization: me.organization.handle, handle: me.handle, password, transport: 'cookie' },
      })
      setPassword('')
      setOpened(false)
      await client.invalidateQueries()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title="Your sign-in has ended" closeOnClickOutside={false} zIndex={above}>
      <form onSubmit={(event) => void submit(event)}>
        <p>
          Sign in again as <strong>{me.name}</strong> and go on where you are. Nothing you have typed is lost.
        </p>
        <input type="hidden" name="username" autoComplete="username" value={me.handle} readOnly />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          data-autofocus
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {error ? <ProblemNote error={error} what="You are not signed in yet." /> : null}
        <Button type="submit" mt="md" loading={busy} fullWidth>
          Sign in
        </Button>
      </form>
    </Modal>
  )
}
