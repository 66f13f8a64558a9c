import { IconCircle, IconCircleHalf2, IconCircleFilled, IconSnowflake } from '@tabler/icons-react'
import { Mark } from '~/ui/Mark'

const tiers: Record<string, { word: string; icon: typeof IconCircle }> = {
  production: { word: 'Production', icon: IconCircleFilled },
  staging: { word: 'Staging', icon: IconCircleHalf2 },
  development: { word: 'Development', icon: IconCircle },
}

/** How near an environment is to the people it serves. */
export function TierMark({ tier }: { tier: string }) {
  const look = tiers[tier] ?? { word: tier, icon: IconCircle }
  return <Mark icon={look.icon}>{look.word}</Mark>
}

/** Whether anything is deployed to it at all. */
export function FrozenMark({ boxed = false }: { boxed?: boolean }) {
  return (
    <Mark icon={IconSnowflake} tone="pending" boxed={boxed}>
      Frozen
    </Mark>
  )
}
