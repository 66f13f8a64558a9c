import { Button, Group, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import { ProblemNote } from '~/ui/ProblemNote'
import { requestQuery } from './queries'
import type { Detail } from './shape'

/** Giving one's own request up. */
export function CancelRequest({ request, opened, onClose }: { request: Detail; opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const cancel = useMutation({
    mutationFn: async () =>
      (await data(
        api.POST('/api/v1/requests/{request}/cancellation', { params: { path: { request: request.number } } }),
      )) as unknown as Detail,
    onSuccess: (detail) => {
      client.setQueryData(requestQuery(request.number).queryKey, detail)
      void client.invalidateQueries({ queryKey: ['requests'] })
      void client.invalidateQueries({ queryKey: ['counts'] })
      onClose()
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={`Cancel ${request.number}?`}>
      <p>Nobody can approve it any more, and approvals given so far are lost. What is in the log stays there.</p>
      {cancel.isError ? <ProblemNote error={cancel.error} what="It was not cancelled." /> : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button color="bad" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel the request
        </Button>
      </Group>
    </Modal>
  )
}
