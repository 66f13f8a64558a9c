import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import { Confirm } from '~/ui/Confirm'
import { didMyself } from './news'
import { requestQuery } from './queries'
import type { Detail } from './shape'

/** Giving one's own request up. */
export function CancelRequest({ request, opened, onClose }: { request: Detail; opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => data(api.POST('/api/v1/requests/{request}/cancellation', { params: { path: { request: request.number } } })),
    onSuccess: (detail) => {
      didMyself(detail)
      client.setQueryData(requestQuery(request.number).queryKey, detail)
      void client.invalidateQueries({ queryKey: ['requests'] })
      void client.invalidateQueries({ queryKey: ['counts'] })
      onClose()
    },
  })
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={`Cancel ${request.number}?`}
      verb="Cancel the request"
      tone="bad"
      busy={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate()}
    >
      <p>Nobody can approve it any more, and approvals given so far are lost. What is in the log stays there.</p>
    </Confirm>
  )
}
