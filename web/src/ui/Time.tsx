import { Tooltip } from '@mantine/core'
import { absolute, clock, left, ownZone, relative } from './time'
import { useNow } from './useNow'

interface TimeProps {
  at: string
  /** How it is said: how long ago, how long still, or the time of day. */
  as?: 'relative' | 'left' | 'clock'
  /** The zone of the policy or organization it is about, shown beside the reader's own. */
  zone?: string
}

/** A moment in words, with the exact one in UTC and in the reader's zone on hover and for screen readers. */
export function Time({ at, as = 'relative', zone }: TimeProps) {
  const coarse = useNow(15)
  const soon = as === 'left' && Math.abs(Date.parse(at) - coarse) < 3_600_000
  const now = useNow(soon ? 1 : 15)
  const words = as === 'relative' ? relative(at, now) : as === 'left' ? left(at, now) : clock(at, now)
  const zones = [...new Set(['UTC', ownZone(), ...(zone ? [zone] : [])])]
  const exact = zones.map((one) => absolute(at, one)).join('\n')
  return (
    <Tooltip label={<span style={{ whiteSpace: 'pre-line' }}>{exact}</span>}>
      <time dateTime={at} className="nobreak" aria-label={`${words}, ${absolute(at, 'UTC')}`}>
        {words}
      </time>
    </Tooltip>
  )
}
