import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, type Schemas } from '~/api/client'
import { useMay } from '~/app/session'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'
import { Time } from '~/ui/Time'

const why: Record<string, string> = {
  admin: 'An administrator ended the set-up',
  production: 'The set-up ended with the first policy for production',
  time: 'The time of the set-up was over',
}

/** The organization's first days, in which people may still do everything themselves. */
export function SetUp({ organization }: { organization: Schemas['OrganizationOrganizationView'] }) {
  const client = useQueryClient()
  const mayChange = useMay('organization-write')
  const [asking, ask] = useDisclosure(false)
  const { setUp } = organization
  const end = useMutation({
    mutationFn: () => api.PATCH('/api/v1/organization', { params: { header: { 'If-Match': `"${organization.version}"` } }, body: { setUp: 'ended' } }),
    onSuccess: () => {
      ask.close()
      void client.invalidateQueries({ queryKey: ['me'] })
      return client.invalidateQueries({ queryKey: ['organization'] })
    },
  })
  return (
    <Card title="Set-up">
      {setUp.active ? (
        <>
          <p style={{ margin: 0 }}>
            It goes on{setUp.endsAt ? <>, <Time at={setUp.endsAt} as="left" /></> : null}. Until it ends, approvers count even where the requester has just added them.
          </p>
          {mayChange ? (
            <Button
              mt="sm"
              variant="default"
              onClick={() => {
                end.reset()
                ask.open()
              }}
            >
              End the set-up…
            </Button>
          ) : null}
          <Confirm opened={asking} onClose={ask.close} title="End the set-up?" verb="End it" onConfirm={() => end.mutate()} busy={end.isPending} error={end.error}>
            From then on, approvers whom the requester has just added do not count. It cannot be begun again.
          </Confirm>
        </>
      ) : (
        <p style={{ margin: 0 }}>
          {why[setUp.endedWhy ?? ''] ?? 'The set-up has ended'}
          {setUp.endedAt ? (
            <>
              {' '}
              <Time at={setUp.endedAt} />
            </>
          ) : null}
          . Since then, approvers whom the requester has just added do not count.
        </p>
      )}
    </Card>
  )
}
