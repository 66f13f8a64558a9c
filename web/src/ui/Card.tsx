import type { ReactNode } from 'react'
import classes from './Card.module.css'

interface CardProps {
  title?: ReactNode
  /** A small second thing beside the title. */
  hint?: ReactNode
  /** At the right of the title. */
  aside?: ReactNode
  /** What the card is about, for screen readers, where the title is no plain text. */
  label?: string
  /** Whose card it is: yours has an ink edge. */
  tone?: 'plain' | 'yours' | 'bad' | 'glass'
  /** No padding, for tables and lists that reach the edge. */
  flush?: boolean
  children?: ReactNode
}

/** A sheet on the page. */
export function Card({ title, hint, aside, label, tone = 'plain', flush = false, children }: CardProps) {
  return (
    <section className={classes.card} data-tone={tone} aria-label={label}>
      {title ? (
        <header className={classes.head}>
          <h2 className={classes.title}>
            {title} {hint ? <span className={classes.hint}>{hint}</span> : null}
          </h2>
          {aside ? <div className={classes.aside}>{aside}</div> : null}
        </header>
      ) : null}
      {children === undefined ? null : <div className={flush ? classes.flush : classes.body}>{children}</div>}
    </section>
  )
}
