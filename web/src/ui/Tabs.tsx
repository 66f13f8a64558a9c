import type { ReactNode } from 'react'
import classes from './Tabs.module.css'

/** Views of one list, each with its own address; the links in it carry `aria-current`. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {children}
    </nav>
  )
}

/** How many are in a view, beside its name. */
export function TabCount({ children }: { children: ReactNode }) {
  return <span className={classes.count}>{children}</span>
}
