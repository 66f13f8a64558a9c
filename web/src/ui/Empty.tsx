import type { ReactNode } from 'react'
import classes from './Empty.module.css'

interface EmptyProps {
  icon: ReactNode
  /** "Nothing waits for you." */
  title: string
  /** One sentence more. */
  children?: ReactNode
  /** The next step. */
  action?: ReactNode
}

/** A list without rows: which of the three kinds it is (nothing there, no match, not set up) and the next step. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <div>
        <span data-prose>
          <strong>{title}</strong> {children}
        </span>
        {action ? <div className={classes.action}>{action}</div> : null}
      </div>
    </div>
  )
}
