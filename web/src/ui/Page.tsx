import type { ReactNode } from 'react'
import { useEffect } from 'react'
import classes from './Page.module.css'

interface PageProps {
  title: string
  /** What stands beside the title when it is more than its words. */
  heading?: ReactNode
  /** The way here: links, the last one first. */
  crumbs?: ReactNode
  /** Facts beneath the title. */
  facts?: ReactNode
  /** Buttons at the right of the title. */
  actions?: ReactNode
  /** How wide the page may get: lists use everything, details stay readable. */
  width?: 'full' | 'detail' | 'form'
  children: ReactNode
}

/** One page: its title in the tab and as the one h1, its way back, its actions. */
export function Page({ title, heading, crumbs, facts, actions, width = 'full', children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Countersign`
  }, [title])
  return (
    <div className={classes.page} data-width={width}>
      {crumbs ? (
        <nav aria-label="Breadcrumb" className={classes.crumbs}>
          {crumbs}
        </nav>
      ) : null}
      <header className={classes.head}>
        <h1 className={classes.title} tabIndex={-1}>
          {heading ?? title}
        </h1>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </header>
      {facts ? <div className={classes.facts}>{facts}</div> : null}
      {children}
    </div>
  )
}
