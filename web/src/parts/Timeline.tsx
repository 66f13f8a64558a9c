import {
  IconAlertTriangle, IconArrowBackUp, IconBan, IconBell, IconCheck, IconChecks, IconCircle, IconEye, IconFileCertificate,
  IconHourglass, IconKey, IconListCheck, IconPlayerPause, IconRefresh, IconRuler2, IconSend, IconShieldX, IconSignature,
  IconUrgent, IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Time } from '~/ui/Time'
import classes from './Timeline.module.css'

const looks: Record<string, { icon: typeof IconBan; tone: string }> = {
  asked: { icon: IconSend, tone: 'plain' },
  held: { icon: IconPlayerPause, tone: 'pending' },
  approved: { icon: IconCheck, tone: 'good' },
  met: { icon: IconSignature, tone: 'good' },
  denied: { icon: IconX, tone: 'bad' },
  withdrawn: { icon: IconArrowBackUp, tone: 'plain' },
  refused: { icon: IconShieldX, tone: 'bad' },
  rules: { icon: IconRuler2, tone: 'pending' },
  stuck: { icon: IconAlertTriangle, tone: 'bad' },
  seen: { icon: IconEye, tone: 'plain' },
  cancelled: { icon: IconBan, tone: 'plain' },
  expired: { icon: IconHourglass, tone: 'plain' },
  reopened: { icon: IconRefresh, tone: 'pending' },
  used: { icon: IconKey, tone: 'good' },
  done: { icon: IconChecks, tone: 'good' },
  failed: { icon: IconX, tone: 'bad' },
  told: { icon: IconBell, tone: 'plain' },
  document: { icon: IconFileCertificate, tone: 'plain' },
  glass: { icon: IconUrgent, tone: 'glass' },
  'follow-up': { icon: IconListCheck, tone: 'plain' },
  other: { icon: IconCircle, tone: 'plain' },
}

export interface TimelineLine {
  key: string
  look: string
  at: string
  children: ReactNode
}

/** The same lines, the newest first; what happened at one moment stays in its order. */
export function newestFirst(lines: TimelineLine[]): TimelineLine[] {
  return lines.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
}

/** What happened, newest first: a dot with an icon, a sentence, its time. */
export function Timeline({ lines }: { lines: TimelineLine[] }) {
  return (
    <ol className={classes.list}>
      {lines.map((line) => {
        const { icon: Icon, tone } = looks[line.look] ?? looks.other!
        return (
          <li key={line.key} className={classes.line}>
            <span className={classes.dot} data-tone={tone} aria-hidden>
              <Icon size={13} stroke={2} />
            </span>
            <div className={classes.words}>{line.children}</div>
            <span className={classes.time}>
              <Time at={line.at} />
            </span>
          </li>
        )
      })}
    </ol>
  )
}
