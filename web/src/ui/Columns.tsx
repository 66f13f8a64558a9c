import type { ReactNode } from 'react'
import classes from './Columns.module.css'

/** A main column and a side column that stays in view; on a phone one below the other. */
export function Columns({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className={classes.columns}>
      <div className={classes.main}>{children}</div>
      <div className={classes.side}>{side}</div>
    </div>
  )
}
