import {
  IconBan,
  IconChecks,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconHelpCircle,
  IconHourglass,
  IconPlayerPlay,
  IconUrgent,
} from '@tabler/icons-react'
import classes from './StateBadge.module.css'

type Tone = 'pending' | 'good' | 'bad' | 'over' | 'going' | 'glass'

const looks: Record<string, { word: string; tone: Tone; icon: typeof IconBan }> = {
  pending: { word: 'Pending', tone: 'pending', icon: IconCircleDashed },
  approved: { word: 'Approved', tone: 'good', icon: IconCircleCheck },
  executing: { word: 'Executing', tone: 'going', icon: IconPlayerPlay },
  executed: { word: 'Executed', tone: 'good', icon: IconChecks },
  succeeded: { word: 'Succeeded', tone: 'good', icon: IconChecks },
  failed: { word: 'Failed', tone: 'bad', icon: IconCircleX },
  denied: { word: 'Rejected', tone: 'bad', icon: IconCircleX },
  expired: { word: 'Expired', tone: 'over', icon: IconHourglass },
  cancelled: { word: 'Cancelled', tone: 'over', icon: IconCircleMinus },
  'grant-expired': { word: 'Grant expired', tone: 'over', icon: IconHourglass },
  revoked: { word: 'Revoked', tone: 'over', icon: IconCircleMinus },
  'outcome-unknown': { word: 'Outcome unknown', tone: 'pending', icon: IconHelpCircle },
  'not-reported': { word: 'Not reported', tone: 'over', icon: IconHelpCircle },
  'break-glass': { word: 'Break-glass', tone: 'glass', icon: IconUrgent },
  active: { word: 'Active', tone: 'glass', icon: IconUrgent },
}

interface StateBadgeProps {
  /** A state of a request, an outcome, or `break-glass`, as the API words it. */
  state: string
  /** In tables without the box. */
  bare?: boolean
  /** Words instead of the state's own, "Succeeded in 48 s". */
  children?: string
}

/** A state: a shape, a word and a colour, never colour alone. */
export function StateBadge({ state, bare = false, children }: StateBadgeProps) {
  const look = looks[state] ?? { word: state, tone: 'over' as const, icon: IconHelpCircle }
  const Icon = look.icon
  return (
    <span className={classes.badge} data-tone={look.tone} data-bare={bare}>
      <Icon size={14} stroke={2} aria-hidden /> {children ?? look.word}
    </span>
  )
}
