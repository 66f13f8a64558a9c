import { SegmentedControl, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, data, newKey, type Schemas } from '~/api/client'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { ShownOnce } from '~/ui/ShownOnce'

const empty = { means: 'webhook', name: '', address: '' }

/** A further address or webhook that is told of emergencies; a webhook's secret is shown this once. */
export function AddDestination({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const [form, setForm] = useState(empty)
  const [key, setKey] = useState(newKey)
  const [made, setMade] = useState<Schemas['DestinationsDestinationView']>()
  useEffect(() => setKey(newKey()), [form])
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }))
  const add = useMutation({
    mutationFn: () => data(api.POST('/api/v1/notification-destinations', { params: { header: { 'Idempotency-Key': key } }, body: form })),
    onSuccess: (destination) => {
      if (destination.secret) setMade(destination)
      setForm(empty)
      onClose()
      return client.invalidateQueries({ queryKey: ['notifications'] })
    },
  })
  const webhook = form.means === 'webhook'
  return (
    <>
      <FormDialog opened={opened} onClose={onClose} title="Tell emergencies to somebody else too" verb="Add" onSubmit={() => add.mutate()} busy={add.isPending} error={add.error} refused="It was not added.">
        <SegmentedControl
          fullWidth
          aria-label="By what"
          data={[
            { value: 'webhook', label: 'Webhook' },
            { value: 'email', label: 'Mail' },
          ]}
          value={form.means}
          onChange={(means) => change({ means })}
        />
        <TextInput mt="sm" label="Name" description="What people call it, for example SIEM." data-autofocus required withAsterisk={false} value={form.name} error={fault(add.error, 'name')} onChange={(event) => change({ name: event.currentTarget.value })} />
        <TextInput
          mt="sm"
          label={webhook ? 'URL' : 'E-mail address'}
          description={webhook ? 'It gets signed CloudEvents, as Standard Webhooks has them.' : 'One address, for example of the security desk.'}
          type={webhook ? 'url' : 'email'}
          required
          withAsterisk={false}
          autoCapitalize="none"
          spellCheck={false}
          value={form.address}
          error={fault(add.error, 'address')}
          onChange={(event) => change({ address: event.currentTarget.value })}
        />
      </FormDialog>
      <ShownOnce secret={made?.secret} title={`The secret of ${made?.name ?? ''}`} what="secret" onStored={() => setMade(undefined)}>
        <p>The receiver verifies with it that a message is from here.</p>
      </ShownOnce>
    </>
  )
}
