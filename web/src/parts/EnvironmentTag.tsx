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

/** An environment in short: its tier as a shape, its name, the tier in words where the name does not say it. */
export function EnvironmentMark({ name, tier }: { name: string; tier: string }) {
  const look = tiers[tier] ?? { word: tier, icon: IconCircle }
  const same = name.toLowerCase().includes(tier.slice(0, 4))
  return <Mark icon={look.icon}>{same ? name : `${name}, ${look.word.toLowerCase()}`}</Mark>
}

/** Whether anything is deployed to it at all. */
export function FrozenMark({ boxed = false }: { boxed?: boolean }) {
  return (
    <Mark icon={IconSnowflake} tone="pending" boxed={boxed}>
      Frozen
    </Mark>
  )
}
