import { PasswordInput } from '@mantine/core'
import { Problem } from '~/api/client'
import { useMe } from '~/app/session'
import type { Decision } from './useDecision'

/** The password once more, where the sign-in is too old for what is critical. */
export function PasswordAgain({ decision, tried }: { decision: Decision; tried: boolean }) {
  const me = useMe()
  const { password, error } = decision
  if (!password.needed) return null
  const wrong = error instanceof Problem && error.code === 'wrong-password'
  return (
    <>
      <input type="hidden" name="username" autoComplete="username" value={me.handle} readOnly />
      <PasswordInput
        mt="md"
        label="Your password once more"
        description="You signed in more than 10 minutes ago, and this is critical."
        autoComplete="current-password"
        data-autofocus
        required
        withAsterisk={false}
        value={password.value}
        onChange={(event) => password.set(event.currentTarget.value)}
        error={wrong ? 'That is not your password.' : tried && password.value === '' ? 'Give your password to go on.' : undefined}
      />
    </>
  )
}
