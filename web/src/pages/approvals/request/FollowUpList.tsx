import { Button } from '@mantine/core'
import { IconCircleCheckFilled, IconCircleDashed, IconCircleMinus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMay } from '~/app/session'
import { isOwed } from '~/parts/due'
import { Face } from '~/parts/PersonChip'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { ProblemNote } from '~/ui/ProblemNote'
import { Time } from '~/ui/Time'
import { completeFollowUp } from './acts'
import classes from './FollowUpList.module.css'
import type { Detail, FollowUp } from './shape'

/** What voters asked to be done after this request. */
export function FollowUpList({ request, me }: { request: Detail; me: string }) {
  const { followUps } = request
  if (followUps.length === 0) return null
  const open = followUps.filter(isOwed).length
  return (
    <Card title="Follow-ups" aside={open === 0 ? 'nothing owed' : `${open} open`}>
      <ul className={classes.list}>
        {followUps.map((one) => (
          <Row key={one.id} one={one} request={request} me={me} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ one, request, me }: { one: FollowUp; request: Detail; me: string }) {
  const client = useQueryClient()
  const may = useMay('follow-ups')
  const admin = useMay('organization-write')
  const mine = one.owner.id === me || admin || request.votes.some((vote) => vote.person.id === me && !vote.endedAt)
  const complete = useMutation({
    mutationFn: () => completeFollowUp(one.id),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['requests'] })
      void client.invalidateQueries({ queryKey: ['follow-ups'] })
    },
  })
  const done = one.state === 'done'
  const owed = isOwed(one)
  const Icon = done ? IconCircleCheckFilled : owed ? IconCircleDashed : IconCircleMinus
  return (
    <li className={classes.row} data-state={one.state}>
      <Icon size={16} className={classes.mark} aria-hidden />
      <div className={classes.words}>
        <div>
          <span className="visually-hidden">{done ? 'Done: ' : owed ? 'Open: ' : 'Void: '}</span>
          <VisibleText>{one.text}</VisibleText>
        </div>
        <div className={classes.dim}>
          <Face id={one.owner.id} name={one.owner.name} size={18} /> {one.owner.id === me ? 'You' : one.owner.name} ·{' '}
          {done && one.doneAt ? (
            <>
              done <Time at={one.doneAt} />
              {one.doneBy && one.doneBy.id !== one.owner.id ? ` by ${one.doneBy.name}` : ''}
            </>
          ) : !owed ? (
            'void, the vote was taken back'
          ) : (
            <span className={classes.due}>{one.state === 'overdue' ? `overdue since ${one.dueOn}` : `by ${one.dueOn}`}</span>
          )}
          {one.madeBy.id !== one.owner.id ? ` · asked by ${one.madeBy.id === me ? 'you' : one.madeBy.name}` : ''}
        </div>
        {one.note ? (
          <div className={classes.dim}>
            “<VisibleText>{one.note}</VisibleText>”
          </div>
        ) : null}
        {complete.isError ? <ProblemNote error={complete.error} what="It was not noted as done." /> : null}
      </div>
      {owed && may && mine ? (
        <Button variant="default" size="xs" className="no-print" loading={complete.isPending} onClick={() => complete.mutate()}>
          Done
        </Button>
      ) : null}
    </li>
  )
}
