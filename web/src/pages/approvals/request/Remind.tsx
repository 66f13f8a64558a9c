import { Button } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMay } from '~/app/session'
import { ProblemNote } from '~/ui/ProblemNote'
import { Time } from '~/ui/Time'
import { useNow } from '~/ui/useNow'
import { remind } from './acts'
import { requestQuery } from './queries'
import classes from './Requirements.module.css'
import type { Detail } from './shape'

const PAUSE = 3_600_000

/** Reminding who is missing: for who asked and who may approve, once an hour. */
export function Remind({ request, me }: { request: Detail; me: string }) {
  const client = useQueryClient()
  const now = useNow(15)
  const may = useMay('requests-cancel')
  const party =
    request.subject.id === me || request.caller.id === me || request.owners.some((one) => one.id === me) || request.couldApprove.some((one) => one.id === me)
  const reminding = useMutation({
    mutationFn: () => remind(request.number),
    onSuccess: (detail) => {
      client.setQueryData(requestQuery(request.number).queryKey, detail)
      void client.invalidateQueries({ queryKey: ['requests'] })
    },
  })
  if (request.state !== 'pending') return null
  const last = request.remindedAt
  const lately = last !== undefined && Date.parse(last) + PAUSE > now
  if (!last && !(may && party)) return null
  return (
    <div className={classes.remind}>
      <IconBell size={14} aria-hidden />
      <span>
        {last ? (
          <>
            Who is missing was reminded <Time at={last} />.
          </>
        ) : (
          'Nobody has been reminded yet.'
        )}
      </span>
      {may && party && !lately ? (
        <Button variant="subtle" size="compact-xs" className="no-print" loading={reminding.isPending} onClick={() => reminding.mutate()}>
          Remind who is missing
        </Button>
      ) : null}
      {reminding.isError ? <ProblemNote error={reminding.error} what="Nobody was reminded." /> : null}
    </div>
  )
}
