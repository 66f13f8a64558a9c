import type { ReactNode } from 'react'
import classes from './Bar.module.css'

/** What stands above a list: its search and filters. */
export function Bar({ children }: { children: ReactNode }) {
  return <div className={classes.bar}>{children}</div>
}
