import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, data, newKey } from '~/api/client'
import { ProblemNote } from '~/ui/ProblemNote'
import { ShownOnce } from '~/ui/ShownOnce'
import { Time } from '~/ui/Time'

interface Wish {
  personId: string
  name: string
  kind: 'enrolment' | 'reset'
}

/** Makes the one-time link by which a person sets a password, and shows it this once. */
export function useOneTimeLink() {
  const client = useQueryClient()
  const made = useMutation({
    mutationFn: ({ personId, kind }: Wish) =>
      data(
        api.POST('/api/v1/people/{id}/enrolment-links', {
          params: { path: { id: personId }, header: { 'Idempotency-Key': newKey() } },
          body: { kind },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['directory'] }),
  })
  const name = made.variables?.name ?? ''
  return {
    make: (wish: Wish) => made.mutate(wish),
    busy: made.isPending,
    shown: (
      <>
        {made.error ? <ProblemNote error={made.error} what={`No link was made for ${name}.`} /> : null}
        <ShownOnce secret={made.data?.url} title={`One-time link for ${name}`} what="link" onStored={() => made.reset()}>
          {made.data ? (
            <p>
              Give it to {name} in person or over a channel you trust. It sets the password and works once, <Time at={made.data.expiresAt} as="left" />.
            </p>
          ) : null}
        </ShownOnce>
      </>
    ),
  }
}
