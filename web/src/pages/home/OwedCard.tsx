import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { useMe } from '~/app/session'
import { dayIn, dueWords } from '~/parts/due'
import { FollowUpDone } from '~/parts/FollowUpDone'
import type { FollowUp } from '~/parts/FollowUpRow'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { useNow } from '~/ui/useNow'
import classes from './OwedCard.module.css'

/** What I was asked to do afterwards, the soonest due first. */
export function OwedCard() {
  const me = useMe()
  const today = dayIn(useNow(60), me.organization.zone)
  const [done, setDone] = useState<FollowUp>()
  const mine = useQuery({
    queryKey: ['follow-ups', 'home'],
    queryFn: () => data(api.GET('/api/v1/follow-ups', { params: { query: { owner: me.id, state: 'open', limit: 5 } } })),
  }).data
  if (!mine) return null
  return (
    <Card title="Follow-ups you owe" aside={<Link to={paths.followUps}>See all</Link>}>
      {mine.items.length === 0 ? (
        'Nothing.'
      ) : (
        <ul className={classes.list}>
          {mine.items.map((one) => (
            <li key={one.id}>
              <div>
                <VisibleText>{one.text}</VisibleText>
              </div>
              <div className={classes.facts} data-prose>
                <span data-overdue={one.state === 'overdue'}>{dueWords(one.dueOn, today)}</span> · after{' '}
                <Link to={paths.request} params={{ request: one.request }}>
                  {one.request}
                </Link>{' '}
                ·{' '}
                <UnstyledButton className={classes.act} onClick={() => setDone(one)}>
                  Mark as done
                </UnstyledButton>
              </div>
            </li>
          ))}
        </ul>
      )}
      {done ? <FollowUpDone one={done} onClose={() => setDone(undefined)} /> : null}
    </Card>
  )
}
