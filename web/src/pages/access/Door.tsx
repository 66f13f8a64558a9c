import { type ReactNode, useEffect } from 'react'
import { Mark } from '~/app/Mark'
import classes from './Door.module.css'

/** Only addresses of this console are gone to, whatever a link says. */
export function whereTo(to: string | undefined): string {
  if (!to || !to.startsWith('/') || to.startsWith('//') || to.includes('\\') || to.startsWith('/sign-in')) return '/'
  return to
}

/** What the page behind the door is, in words. */
export function inWords(to: string | undefined): string | undefined {
  const path = whereTo(to).split('?')[0] ?? '/'
  const request = /^\/approvals\/(AR-\d+)/i.exec(path)?.[1]
  if (request) return `request ${request}`
  if (path.startsWith('/approvals')) return 'the approvals'
  if (path.startsWith('/approval-policies')) return 'the policies'
  if (path.startsWith('/breakglass')) return 'break-glass'
  if (path.startsWith('/settings/audit-logs')) return 'the audit log'
  return path === '/' ? undefined : 'the page you wanted'
}

interface DoorProps {
  title: string
  next?: string | undefined
  children: ReactNode
}

/** The pages before the sign-in: one card in the middle. */
export function Door({ title, next, children }: DoorProps) {
  useEffect(() => {
    document.title = `${title} · Countersign`
  }, [title])
  const words = inWords(next)
  return (
    <main className={classes.door}>
      <div className={classes.brand}>
        <Mark size={30} /> Countersign
      </div>
      <div className={classes.card}>
        <h1 className={classes.title}>{title}</h1>
        {words ? <p className={classes.next}>Then you go on to {words}.</p> : null}
        {children}
      </div>
    </main>
  )
}
