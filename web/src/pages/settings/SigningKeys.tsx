import { Button, Radio, Select, Stack } from '@mantine/core'
import { IconCircleCheck, IconCircleMinus, IconClockPlay, IconRotate } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data, newKey, type Schemas } from '~/api/client'
import { useMay } from '~/app/session'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'
import { Copy } from '~/ui/Copy'
import { Loading } from '~/ui/Loading'
import { Mark } from '~/ui/Mark'
import { ProblemNote } from '~/ui/ProblemNote'
import { Time } from '~/ui/Time'
import classes from './SigningKeys.module.css'

type Key = Schemas['SigningKeysSigningKeyView']

const uses: Record<string, string> = { grants: 'Grants', 'cluster-tokens': 'Cluster tokens' }

function KeyState({ signingKey }: { signingKey: Key }) {
  if (signingKey.withdrawn) {
    return (
      <Mark icon={IconCircleMinus} tone="bad">
        Withdrawn
      </Mark>
    )
  }
  switch (signingKey.state) {
    case 'active':
      return (
        <Mark icon={IconCircleCheck} tone="good">
          Signs now
        </Mark>
      )
    case 'next':
      return <Mark icon={IconClockPlay}>Next</Mark>
    default:
      return (
        <Mark icon={IconCircleMinus} tone="over">
          Retired
        </Mark>
      )
  }
}

/** The keys that prove what Countersign says to those who were not there. */
export function SigningKeys() {
  const client = useQueryClient()
  const mayRotate = useMay('signing-keys-rotate')
  const [asking, setAsking] = useState(false)
  const [use, setUse] = useState<string>('')
  const [compromised, setCompromised] = useState(false)
  const keys = useQuery({ queryKey: ['organization', 'signing-keys'], queryFn: () => data(api.GET('/api/v1/signing-keys')) })
  const rotate = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/signing-keys/rotation', {
        params: { header: { 'Idempotency-Key': newKey() } },
        body: { use: use === '' ? undefined : use, compromised },
      }),
    onSuccess: () => {
      setAsking(false)
      return client.invalidateQueries({ queryKey: ['organization'] })
    },
  })
  return (
    <Card title="Signing keys">
      {keys.isError ? <ProblemNote error={keys.error} what="The keys could not be loaded." retry={() => void keys.refetch()} /> : null}
      {keys.isPending ? <Loading what="the keys" lines={3} /> : null}
      {keys.data?.items.length === 0 ? <p style={{ margin: 0 }}>None yet. They are made when the first grant is read as a signed document.</p> : null}
      {Object.entries(uses).map(([id, words]) => {
        const own = keys.data?.items.filter((one) => one.use === id) ?? []
        return own.length === 0 ? null : (
          <div key={id} className={classes.group}>
            <h3 className={classes.use}>{words}</h3>
            <ul className={classes.keys}>
              {own.map((one) => (
                <li key={one.kid} className={classes.key}>
                  <code className={classes.kid}>{one.kid.slice(0, 12)}…</code>
                  <Copy text={JSON.stringify(one.publicKey)} what={`public key ${one.kid.slice(0, 6)}`} />
                  <KeyState signingKey={one} />
                  <span className={classes.when}>
                    {one.algorithm}, {one.retiredAt ? <>retired <Time at={one.retiredAt} /></> : <>made <Time at={one.madeAt} /></>}
                    {one.publishedUntil && !one.withdrawn ? <>, published until <Time at={one.publishedUntil} /></> : null}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
      {mayRotate && keys.data && keys.data.items.length > 0 ? (
        <Button
          mt="sm"
          variant="default"
          leftSection={<IconRotate size={15} aria-hidden />}
          onClick={() => {
            rotate.reset()
            setCompromised(false)
            setUse('')
            setAsking(true)
          }}
        >
          Replace keys…
        </Button>
      ) : null}
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={compromised ? 'Withdraw the present keys?' : 'Replace the present keys?'}
        verb={compromised ? 'Replace and withdraw' : 'Replace'}
        tone={compromised ? 'bad' : 'plain'}
        {...(compromised ? { typed: { text: 'withdraw', label: 'The word' } } : {})}
        onConfirm={() => rotate.mutate()}
        busy={rotate.isPending}
        error={rotate.error}
      >
        <Select label="Which" allowDeselect={false} data={[{ value: '', label: 'All of them' }, ...Object.entries(uses).map(([value, label]) => ({ value, label }))]} value={use} onChange={(value) => setUse(value ?? '')} />
        <Radio.Group mt="md" label="Could somebody else have the present keys?" value={compromised ? 'yes' : 'no'} onChange={(value) => setCompromised(value === 'yes')}>
          <Stack gap={8} mt={6}>
            <Radio value="no" label="No" description="The next keys sign from now on. What the old ones signed stays good while it lasts." />
            <Radio value="yes" label="Yes, or not sure" description="The old keys are withdrawn: what they signed is believed no longer, and grants are signed again when they are read." />
          </Stack>
        </Radio.Group>
      </Confirm>
    </Card>
  )
}
