import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data, newKey, type Schemas } from '~/api/client'
import { Confirm } from '~/ui/Confirm'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { ShownOnce } from '~/ui/ShownOnce'
import classes from './Audience.module.css'

/** What can be done with a destination: a test, a new secret, told again, removed. */
export function DestinationActs({ destination }: { destination: Schemas['DestinationsDestinationView'] }) {
  const client = useQueryClient()
  const path = { destination: destination.id }
  const [removing, remove] = useDisclosure(false)
  const [rotating, rotate] = useDisclosure(false)
  const [secret, setSecret] = useState<string>()
  const fresh = () => client.invalidateQueries({ queryKey: ['notifications'] })
  const header = () => ({ 'Idempotency-Key': newKey() })
  const test = useMutation({ mutationFn: () => data(api.POST('/api/v1/notification-destinations/{destination}/tests', { params: { path } })) })
  const enable = useMutation({
    mutationFn: () => data(api.POST('/api/v1/notification-destinations/{destination}/activation', { params: { path, header: header() } })),
    onSuccess: fresh,
  })
  const draw = useMutation({
    mutationFn: () => data(api.POST('/api/v1/notification-destinations/{destination}/secret-rotation', { params: { path, header: header() } })),
    onSuccess: (rotated) => {
      rotate.close()
      setSecret(rotated.secret)
      return fresh()
    },
  })
  const drop = useMutation({
    mutationFn: () => api.DELETE('/api/v1/notification-destinations/{destination}', { params: { path } }),
    onSuccess: () => {
      remove.close()
      return fresh()
    },
  })
  const name = destination.name
  return (
    <>
      <div className={classes.acts}>
        <Button variant="default" size="xs" aria-label={`Send a test to ${name}`} loading={test.isPending} onClick={() => test.mutate()}>
          Test
        </Button>
        {destination.state === 'active' ? null : (
          <Button variant="default" size="xs" aria-label={`Tell ${name} again`} loading={enable.isPending} onClick={() => enable.mutate()}>
            Tell again
          </Button>
        )}
        {destination.means === 'webhook' ? (
          <Button variant="default" size="xs" aria-label={`Draw a new secret for ${name}`} onClick={rotate.open}>
            New secret…
          </Button>
        ) : null}
        <Button variant="default" size="xs" aria-label={`Remove ${name}`} onClick={remove.open}>
          Remove…
        </Button>
      </div>
      <div className={classes.outcome}>
        {test.data ? (
          <Note tone={test.data.delivered ? 'good' : 'bad'} title={test.data.delivered ? 'The test arrived' : 'The test did not arrive'} alert>
            ({test.data.result}).
          </Note>
        ) : null}
        {test.error || enable.error ? <ProblemNote error={test.error ?? enable.error} what="Nothing was done." /> : null}
      </div>
      <Confirm opened={rotating} onClose={rotate.close} title={`A new secret for ${name}?`} verb="Draw it" onConfirm={() => draw.mutate()} busy={draw.isPending} error={draw.error}>
        For 24 hours messages are signed with both, so that the receiver can change over.
      </Confirm>
      <Confirm opened={removing} onClose={remove.close} title={`Tell ${name} of emergencies no longer?`} verb="Remove" tone="bad" onConfirm={() => drop.mutate()} busy={drop.isPending} error={drop.error}>
        Everybody else who is told of emergencies is told of this, and what {name} has not got yet is given up.
      </Confirm>
      <ShownOnce secret={secret} title={`The new secret of ${name}`} what="secret" onStored={() => setSecret(undefined)} />
    </>
  )
}
