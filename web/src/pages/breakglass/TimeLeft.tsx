import { Card } from '~/ui/Card'
import { clock, isoDuration, ownZone } from '~/ui/time'
import { useNow } from '~/ui/useNow'
import classes from './Glass.module.css'
import type { Session } from './shape'
import { countdown, elapsed } from './words'

/** How long a session still runs: digits, a bar, and the moments at its ends. */
export function TimeLeft({ session }: { session: Session }) {
  const now = useNow(1)
  if (!session.endsAt || !session.startedAt) return null
  const zone = ownZone()
  const over = Date.parse(session.endsAt) <= now
  return (
    <Card tone="glass" flush label="Time left">
      <div className={classes.hatched}>
        <div className={classes.left}>
          <div>
            <h2 className={classes.loud}>{over ? 'Its time is over' : 'Time left'}</h2>
            <div className={classes.digits} role="timer">
              {countdown(session.endsAt, now)}
            </div>
          </div>
          <div>
            <div className={classes.bar} aria-hidden>
              <div className={classes.done} style={{ width: `${elapsed(session.startedAt, session.endsAt, now) * 100}%` }} />
            </div>
            <div className={classes.ends}>
              <span>{clock(session.startedAt, now)} opened</span>
              <span>{clock(session.endsAt, now)} end</span>
            </div>
          </div>
        </div>
        <div>
          ends {clock(session.endsAt, now, 'UTC')} UTC{zone === 'UTC' ? '' : `, ${clock(session.endsAt, now)} ${zone}`} · opened for {isoDuration(session.duration)}
        </div>
      </div>
    </Card>
  )
}
