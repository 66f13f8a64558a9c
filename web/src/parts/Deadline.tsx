import { IconAlarm, IconHourglass } from '@tabler/icons-react'
import { Time } from '~/ui/Time'
import { useNow } from '~/ui/useNow'
import classes from './Deadline.module.css'
import { urgent } from './requests'

/** Until when a request can be decided; below an hour it counts down, in red and with a clock. */
export function Deadline({ at }: { at: string }) {
  const soon = urgent(at, useNow(15))
  return (
    <span className={classes.deadline} data-urgent={soon}>
      {soon ? <IconAlarm size={14} stroke={2} aria-hidden /> : null}
      <Time at={at} as="left" />
    </span>
  )
}

/** For how long it has been asked; a request that waits for too long says so. */
export function Asked({ at, stale }: { at: string; stale: boolean }) {
  return (
    <span className={classes.asked} data-stale={stale}>
      {stale ? <IconHourglass size={13} stroke={2} aria-hidden /> : null}
      {stale ? 'Stale, asked ' : 'asked '}
      <Time at={at} />
    </span>
  )
}
