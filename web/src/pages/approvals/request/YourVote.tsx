import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import { Quote } from '~/parts/Quote'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'
import { Time } from '~/ui/Time'
import classes from './Decide.module.css'
import { notVoted } from './NextUp'
import { requestQuery } from './queries'
import type { Detail, Vote } from './shape'

/** The vote the reader has given, which can be taken back while the request is pending. */
export function YourVote({ request, vote }: { request: Detail; vote: Vote }) {
  const client = useQueryClient()
  const [asking, question] = useDisclosure(false)
  const withdraw = useMutation({
    mutationFn: () => data(api.POST('/api/v1/requests/{request}/withdrawal', { params: { path: { request: request.number } } })),
    onSuccess: (detail) => {
      notVoted(request.id)
      question.close()
      client.setQueryData(requestQuery(request.number).queryKey, detail)
      void client.invalidateQueries({ queryKey: ['requests'] })
      void client.invalidateQueries({ queryKey: ['counts'] })
    },
  })
  return (
    <Card title="Your decision" tone="yours">
      <p style={{ margin: 0 }}>
        <strong>You {vote.vote === 'approve' ? 'approved' : 'rejected'} this</strong> <Time at={vote.at} />
        {vote.channel === 'web' ? '' : ` through ${vote.channel}`}.
      </p>
      {vote.note ? <Quote small>{vote.note}</Quote> : null}
      {vote.riskAcknowledged ? (
        <p className={classes.bound}>
          Risk acknowledged: <VisibleText>{vote.riskAcknowledged}</VisibleText>
        </p>
      ) : null}
      <Button variant="default" mt="sm" className="no-print" onClick={question.open}>
        Withdraw my vote…
      </Button>
      <Confirm
        opened={asking}
        onClose={() => {
          question.close()
          withdraw.reset()
        }}
        title="Withdraw your vote?"
        verb="Withdraw it"
        busy={withdraw.isPending}
        error={withdraw.error ?? undefined}
        onConfirm={() => withdraw.mutate()}
      >
        <p>
          Your {vote.vote === 'approve' ? 'approval' : 'rejection'} of {request.number} does not count any more; that you gave it stays in the log. While the request is
          pending you can vote again.
        </p>
      </Confirm>
    </Card>
  )
}
