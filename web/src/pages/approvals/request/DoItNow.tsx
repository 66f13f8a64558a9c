import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ProblemNote } from '~/ui/ProblemNote'
import { readOwnCall, sendAgain } from './ownCall'
import type { Detail } from './shape'

/** Does what Countersign itself was asked for, once it is approved: the approved bytes are sent again by who asked. */
export function DoItNow({ request, me }: { request: Detail; me: string }) {
  const client = useQueryClient()
  const mine = request.state === 'approved' && request.subject.id === me && request.caller.id === me && request.payloadReadable
  const call = useQuery({ queryKey: ['own-call', request.payloadDigest], queryFn: () => readOwnCall(request), enabled: mine, staleTime: Infinity })
  const doIt = useMutation({ mutationFn: sendAgain, onSuccess: () => client.invalidateQueries() })
  const own = call.data
  if (!mine || !own) return null
  return (
    <div className="no-print">
      {doIt.error ? <ProblemNote error={doIt.error} what="It was not done." /> : null}
      <Button mt="sm" mr="xs" loading={doIt.isPending} onClick={() => doIt.mutate(own)}>
        Do it now, as approved
      </Button>
    </div>
  )
}
