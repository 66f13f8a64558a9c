import {
  IconAlertTriangle,
  IconCircleCheck,
  IconExclamationCircle,
  IconInfoCircle,
  IconRefresh,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Note.module.css'

export type Tone = 'info' | 'good' | 'pending' | 'bad' | 'replaced' | 'yours'

const icons = {
  info: IconInfoCircle,
  good: IconCircleCheck,
  pending: IconAlertTriangle,
  bad: IconExclamationCircle,
  replaced: IconRefresh,
  yours: IconInfoCircle,
} as const

interface NoteProps {
  tone?: Tone
  /** The sentence that says it all; what follows is detail. */
  title?: ReactNode
  /** Announced at once to screen readers, for what happened because of an act. */
  alert?: boolean
  children?: ReactNode
}

/** A remark on the page: an icon, one bold sentence, details. Never a colour alone. */
export function Note({ tone = 'info', title, alert = false, children }: NoteProps) {
  const Icon = icons[tone]
  return (
    <div className={classes.note} data-tone={tone} role={alert ? 'alert' : undefined}>
      <Icon size={16} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        {title ? <strong>{title}</strong> : null} {children}
      </div>
    </div>
  )
}
