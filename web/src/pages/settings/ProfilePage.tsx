import { Button, PasswordInput, SegmentedControl, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { preferencesQuery, schemeOf, themeOf, useChangePreferences } from '~/app/preferences'
import { useMay, useMe } from '~/app/session'
import { RoleNames } from '~/parts/RoleNames'
import { Tokens } from '~/parts/Tokens'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Confirm } from '~/ui/Confirm'
import { Facts } from '~/ui/Facts'
import { fault } from '~/ui/fault'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'

/** What is one's own: tokens, sessions, the password, and how the console behaves. */
export function ProfilePage() {
  const me = useMe()
  const mayToken = useMay('tokens-own')
  return (
    <Page title="Profile" width="detail" facts={`${me.name} · @${me.handle}`}>
      <Columns
        side={
          <>
            <Card title="You">
              <Facts
                of={[
                  ['Name', me.name],
                  ['Handle', `@${me.handle}`],
                  ['Roles', <RoleNames key="roles" of={me.roles} />],
                  ['Teams', me.teams.join(', ') || 'None'],
                ]}
              />
            </Card>
            <Look />
            <Password />
          </>
        }
      >
        <Tokens principal={me.id} mayMake={mayToken} />
        <MySessions />
      </Columns>
    </Page>
  )
}

function Look() {
  const preferences = useQuery(preferencesQuery).data
  const { change, error } = useChangePreferences()
  return (
    <Card title="The console">
      <SegmentedControl
        fullWidth
        aria-label="Colours"
        data={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
          { value: 'auto', label: 'As the device' },
        ]}
        value={schemeOf(preferences?.theme)}
        onChange={(value) => change({ theme: themeOf(value) })}
      />
      <Switch
        mt="md"
        label="Single keys act"
        description="J and K move, ? lists the keys of a page. Switch them off if you speak to your device."
        checked={preferences?.singleKeys !== false}
        onChange={(event) => change({ singleKeys: event.currentTarget.checked })}
      />
      {error ? <ProblemNote error={error} what="It was not saved." /> : null}
    </Card>
  )
}

function Password() {
  const client = useQueryClient()
  const me = useMe()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => api.POST('/api/v1/me/password', { body: { currentPassword: current, newPassword: next } }),
    onSuccess: () => {
      setCurrent('')
      setNext('')
      return client.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!change.isPending) change.mutate()
  }
  return (
    <Card title="Password">
      <form onSubmit={submit}>
        <input type="text" name="username" autoComplete="username" value={me.handle} readOnly hidden />
        <PasswordInput label="Present password" autoComplete="current-password" required withAsterisk={false} value={current} error={fault(change.error, 'currentPassword')} onChange={(event) => setCurrent(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': 'Show the present password' }} />
        <PasswordInput mt="sm" label="New password" autoComplete="new-password" required withAsterisk={false} value={next} error={fault(change.error, 'newPassword')} onChange={(event) => setNext(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': 'Show the new password' }} />
        {change.error ? <ProblemNote error={change.error} what="The password was not changed." /> : null}
        {change.isSuccess ? (
          <Note tone="good" title="Changed." alert>
            Your other sessions have ended.
          </Note>
        ) : null}
        <Button type="submit" variant="default" mt="sm" loading={change.isPending}>
          Change password
        </Button>
      </form>
    </Card>
  )
}

function MySessions() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => data(api.GET('/api/v1/sessions')) })
  const end = useMutation({
    mutationFn: () => api.DELETE('/api/v1/sessions'),
    onSuccess: async () => {
      client.clear()
      await navigate({ to: paths.signIn })
    },
  })
  return (
    <Card
      title="Where you are signed in"
      flush
      aside={
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          Sign out everywhere…
        </Button>
      }
    >
      {sessions.isError ? <ProblemNote error={sessions.error} what="The sessions could not be loaded." retry={() => void sessions.refetch()} /> : null}
      {sessions.isPending ? <Loading what="your sessions" lines={2} /> : null}
      {sessions.data ? (
        <Rows
          label="Your sessions"
          rows={[...sessions.data.items].sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt))}
          keyOf={(one) => one.id}
          columns={[
            { head: 'Session', bare: true, cell: (one) => (one.current ? <strong>This one</strong> : `Another, …${one.id.slice(-4)}`) },
            { head: 'Signed in', cell: (one) => <Time at={one.signedInAt} /> },
            { head: 'Last used', cell: (one) => <Time at={one.lastSeenAt} /> },
            { head: 'Ends', cell: (one) => <Time at={one.expiresAt} as="left" /> },
          ]}
        />
      ) : null}
      <Confirm opened={asking} onClose={() => setAsking(false)} title="Sign out everywhere?" verb="Sign out everywhere" tone="bad" onConfirm={() => end.mutate()} busy={end.isPending} error={end.error}>
        All your sessions end, this one too. Tokens go on.
      </Confirm>
    </Card>
  )
}
