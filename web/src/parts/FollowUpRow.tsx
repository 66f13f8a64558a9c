import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleMinus } from '@tabler/icons-react'
import type { Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay, useMe } from '~/app/session'
import { Link } from '~/ui/Link'
import { Time } from '~/ui/Time'
import { useNow } from '~/ui/useNow'
import { dayIn, dayWords, dueWords, isOwed } from './due'
import classes from './FollowUpRow.module.css'
import { VisibleText } from './VisibleText'

export type FollowUp = Schemas['FollowUpViewsFollowUpView']

const icons = { open: IconCircleDashed, overdue: IconAlertTriangle, done: IconCircleCheck, void: IconCircleMinus } as const

/** Something that is to be done after a request: what, who, until when, and after which request. */
export function FollowUpRow({ one, onDone }: { one: FollowUp; onDone: (one: FollowUp) => void }) {
  const me = useMe()
  const may = useMay('follow-ups')
  const admin = useMay('organization-write')
  const today = dayIn(useNow(60), me.organization.zone)
  const Icon = icons[one.state as keyof typeof icons] ?? IconCircleDashed
  const mine = one.owner.id === me.id
  return (
    <li className={classes.row} data-state={one.state}>
      <Icon size={17} stroke={1.8} aria-hidden className={classes.icon} />
      <div className={classes.what}>
        <div className={classes.text}>
          <VisibleText>{one.text}</VisibleText>
        </div>
        <div className={classes.facts} data-prose>
          {mine ? <strong>You</strong> : one.owner.name} · after{' '}
          <Link to={paths.request} params={{ request: one.request }}>
            {one.request}
          </Link>{' '}
          · asked by {one.madeBy.id === me.id ? 'you' : one.madeBy.name}
        </div>
        {one.note ? (
          <div className={classes.note}>
            <VisibleText>{one.note}</VisibleText>
          </div>
        ) : null}
      </div>
      <div className={classes.when}>
        {one.state === 'done' && one.doneAt ? (
          <span>
            done <Time at={one.doneAt} />
            {one.doneBy && one.doneBy.id !== one.owner.id ? ` by ${one.doneBy.name}` : ''}
          </span>
        ) : one.state === 'void' ? (
          <span>void, the vote was taken back</span>
        ) : (
          <span className={classes.due} title={dayWords(one.dueOn)}>
            {dueWords(one.dueOn, today)}
          </span>
        )}
      </div>
      <div className={classes.act}>
        {isOwed(one) && may && (mine || admin || one.madeBy.id === me.id) ? (
          <Button variant="default" size="xs" onClick={() => onDone(one)}>
            Mark as done
          </Button>
        ) : null}
      </div>
    </li>
  )
}
