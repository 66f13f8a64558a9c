import classes from './ReplaySquares.module.css'

/** The most asks that are drawn one by one; more become a bar. */
export const MOST_SQUARES = 400

/** The asks of one day: how many, how many the policy would hold, and how many of those could not have been met. */
export interface ReplayDay {
  asks: number
  applies: number
  couldNotBeMet: number
}

type Mark = 'passed' | 'held' | 'unmet'

/** The asks of a day as marks; within a day only their number is known, so the held ones stand at even distances. */
export function marksOf(day: ReplayDay): Mark[] {
  const { asks, couldNotBeMet: unmet } = day
  const held = Math.min(asks, day.applies)
  const marks: Mark[] = Array.from({ length: asks }, () => 'passed')
  for (let nth = 0; nth < held; nth++) {
    const crossed = Math.floor(((nth + 1) * unmet) / held) > Math.floor((nth * unmet) / held)
    marks[Math.floor(((nth + 0.5) * asks) / held)] = crossed ? 'unmet' : 'held'
  }
  return marks
}

/** One small square per recorded ask, oldest first: grey passed, slate held, red and crossed could not have been met. */
export function ReplaySquares({ days }: { days: ReplayDay[] }) {
  const sum = (of: (day: ReplayDay) => number) => days.reduce((all, day) => all + of(day), 0)
  const asks = sum((day) => day.asks)
  if (asks === 0) return null
  if (asks > MOST_SQUARES) {
    const unmet = sum((day) => day.couldNotBeMet)
    const held = sum((day) => day.applies) - unmet
    return (
      <div className={classes.bar} aria-hidden>
        <span className={classes.unmetPart} style={{ width: `${unmet > 0 ? Math.max(0.6, (unmet / asks) * 100) : 0}%` }} />
        <span className={classes.heldPart} style={{ width: `${held > 0 ? Math.max(0.6, (held / asks) * 100) : 0}%` }} />
      </div>
    )
  }
  return (
    <div className={classes.squares} aria-hidden>
      {days.flatMap(marksOf).map((mark, at) => (
        <span key={at} className={classes.square} data-mark={mark} />
      ))}
    </div>
  )
}

/** The sign of one kind of ask, for legends. */
export function ReplaySign({ mark }: { mark: Mark }) {
  return <span className={`${classes.square} ${classes.sign}`} data-mark={mark} aria-hidden />
}
