import { useNow } from '~/ui/useNow'
import { absolute, duration, ownZone } from '~/ui/time'
import { capital } from './ruleWords'
import { type Hours, hoursPerWeek, offsetWords, placeInWeek, placeOf, runs, weekWords } from './week'
import classes from './WeekCalendar.module.css'

const SHORT = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const always: Hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => true))

/** The hours of a calendar as the API gives them; all of them for none. */
export function hoursOf(calendar: { days?: Array<{ hours?: boolean[] }> } | undefined): Hours {
  return calendar?.days?.length === 7 ? calendar.days.map((day) => day.hours ?? []) : always
}

interface WeekCalendarProps {
  hours: Hours
  /** The zone in which the hours are read. */
  zone: string
  activeNow: boolean
  /** When it begins or ends to apply next. */
  changesAt?: string | undefined
}

/** A week of seven bars in the policy's own zone, with a bar for now, and the same in words. */
export function WeekCalendar({ hours, zone, activeNow, changesAt }: WeekCalendarProps) {
  const now = useNow(30)
  const here = placeInWeek(now, zone)
  const total = hoursPerWeek(hours)
  const next = changesAt ? `, ${activeNow ? 'ends' : 'starts'} in ${duration(Date.parse(changesAt) - now)}` : ''
  return (
    <figure className={classes.figure}>
      <div className={classes.top}>
        <span>
          <strong className={classes.now}>{here.clock}</strong> in {placeOf(zone)}: {activeNow ? 'active' : 'not active'}
          <span title={changesAt ? absolute(changesAt, zone) : undefined}>{next}</span>
        </span>
      </div>
      <div className={classes.week} aria-hidden>
        {hours.map((day, at) => (
          <div key={SHORT[at]} className={classes.row} data-today={at === here.day}>
            <span className={classes.day}>{SHORT[at]}</span>
            <span className={classes.bar}>
              {runs(day).map((run) => (
                <span
                  key={run.from}
                  className={classes.run}
                  data-always={total === 168}
                  style={{ left: `${(run.from / 24) * 100}%`, width: `${((run.to - run.from) / 24) * 100}%` }}
                />
              ))}
              {at === here.day ? <span className={classes.mark} style={{ left: `${(here.hour / 24) * 100}%` }} /> : null}
            </span>
          </div>
        ))}
        <div className={classes.scale}>
          {['00:00', '06:00', '12:00', '18:00', '24:00'].map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </div>
      </div>
      <figcaption className={classes.caption}>
        <span>
          <span className={classes.key} data-always={total === 168} aria-hidden /> {capital(weekWords(hours))}, {total} of 168 hours
        </span>
        <span>{offsetWords(now, zone, ownZone())}</span>
      </figcaption>
    </figure>
  )
}

/** The same in 74 by 28, for rows; "always" is pale, so that windows stand out. */
export function MiniWeek({ hours }: { hours: Hours }) {
  const pale = hoursPerWeek(hours) === 168
  return (
    <svg width="74" height="28" viewBox="0 0 74 28" aria-hidden className={classes.mini}>
      {hours.map((day, at) => (
        <g key={SHORT[at]}>
          <rect x="0" y={at * 4} width="74" height="3" rx="1" className={classes.miniTrack} />
          {runs(day).map((run) => (
            <rect
              key={run.from}
              x={(run.from / 24) * 74}
              y={at * 4}
              width={((run.to - run.from) / 24) * 74}
              height="3"
              rx="1"
              className={pale ? classes.miniPale : classes.miniRun}
            />
          ))}
        </g>
      ))}
    </svg>
  )
}
