import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import { useMay } from '~/app/session'
import { beganAtOnce } from '~/parts/requests'
import { shortDigest } from '~/parts/change/operations'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'
import { Copy } from '~/ui/Copy'
import { Time } from '~/ui/Time'
import classes from './Facts.module.css'
import { DoItNow } from './DoItNow'
import { didMyself } from './news'
import { requestQuery } from './queries'
import type { Detail } from './shape'

/** The grant: what it permits, until when, and whether it was used. */
export function GrantCard({ request, me }: { request: Detail; me: string }) {
  const { grant, execution } = request
  if (!grant || beganAtOnce(request)) return null
  const state = request.state === 'approved' ? 'not used yet' : request.state === 'revoked' ? 'taken back' : request.state === 'grant-expired' ? 'ran out' : 'used once'
  return (
    <Card title="Grant" aside={state}>
      <dl className={classes.facts}>
        <dt>Permits</dt>
        <dd>
          <code>{request.action.id}</code> of exactly this digest, one time
        </dd>
        <dt>Digest</dt>
        <dd>
          <code title={request.payloadDigest}>{shortDigest(request.payloadDigest)}</code> <Copy text={request.payloadDigest} what="digest" />
        </dd>
        <dt>Usable until</dt>
        <dd>
          <Time at={grant.usableUntil} as="clock" />{' '}
          {request.state === 'approved' ? (
            <strong>
              <Time at={grant.usableUntil} as="left" />
            </strong>
          ) : null}
        </dd>
        {execution ? (
          <>
            <dt>Used</dt>
            <dd>
              <Time at={execution.at} as="clock" /> by {execution.redeemer.name}
            </dd>
          </>
        ) : null}
      </dl>
      <DoItNow request={request} me={me} />
      {request.state === 'approved' ? <Revoke request={request} me={me} /> : null}
    </Card>
  )
}

function Revoke({ request, me }: { request: Detail; me: string }) {
  const client = useQueryClient()
  const [opened, dialog] = useDisclosure(false)
  const any = useMay('grants-revoke')
  const own = useMay('requests-cancel')
  const party = request.subject.id === me || request.votes.some((vote) => vote.person.id === me && !vote.endedAt)
  const revoke = useMutation({
    mutationFn: () => data(api.POST('/api/v1/grants/{grant}/revocation', { params: { path: { grant: request.grant?.id ?? '' } } })),
    onSuccess: (detail) => {
      didMyself(detail)
      client.setQueryData(requestQuery(request.number).queryKey, detail)
      void client.invalidateQueries({ queryKey: ['requests'] })
      dialog.close()
    },
  })
  if (!any && !(own && party)) return null
  return (
    <>
      <Button variant="default" mt="sm" className="no-print" onClick={dialog.open}>
        Revoke…
      </Button>
      <Confirm
        opened={opened}
        onClose={dialog.close}
        title="Take the approval back?"
        verb="Revoke"
        tone="bad"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate()}
      >
        <p>
          {request.subject.name} can then not run it any more; it takes a new request. This works only as long as the grant has not been
          used.
        </p>
      </Confirm>
    </>
  )
}
