import { Radio, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, newKey, type Schemas } from '~/api/client'
import { Confirm } from '~/ui/Confirm'

interface RevokeTokenProps {
  token: Schemas['TokensTokenView'] | undefined
  onClose: () => void
  account: boolean
}

/** A token ends before its time; whether somebody else may have had it decides over the votes it cast. */
export function RevokeToken({ token, onClose, account }: RevokeTokenProps) {
  const client = useQueryClient()
  const over = token !== undefined && token.state !== 'active'
  const [compromised, setCompromised] = useState(false)
  const revoke = useMutation({
    mutationFn: (id: string) =>
      api.POST('/api/v1/tokens/{id}/revocation', { params: { path: { id }, header: { 'Idempotency-Key': newKey() } }, body: { compromised } }),
    onSuccess: () => {
      onClose()
      return client.invalidateQueries()
    },
  })
  useEffect(() => {
    setCompromised(over)
    revoke.reset()
    // Anew for each token.
  }, [token?.id])
  return (
    <Confirm
      opened={token !== undefined}
      onClose={onClose}
      title={over ? `Say that ${token.name} was compromised?` : `Revoke ${token?.name ?? 'the token'}?`}
      verb={compromised ? 'Revoke as compromised' : 'Revoke'}
      tone="bad"
      onConfirm={() => token && revoke.mutate(token.id)}
      busy={revoke.isPending}
      error={revoke.error}
    >
      {over ? null : 'Whatever uses it is refused from now on. This cannot be undone.'}
      {over ? (
        'It has ended already. Saying that somebody else may have had it strikes the votes that it cast on pending requests.'
      ) : (
        <Radio.Group mt="md" label="Could somebody else have had it?" value={compromised ? 'yes' : 'no'} onChange={(value) => setCompromised(value === 'yes')}>
          <Stack gap={8} mt={6}>
            <Radio value="no" label="No" description={account ? 'What it asked stays.' : 'Votes cast with it stay.'} />
            <Radio
              value="yes"
              label="Yes, or not sure"
              description={account ? 'The log shows it prominently, so that what it did can be looked through.' : 'Votes cast with it on pending requests are struck, and the log shows it prominently.'}
            />
          </Stack>
        </Radio.Group>
      )}
    </Confirm>
  )
}
