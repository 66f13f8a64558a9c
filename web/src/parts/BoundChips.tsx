import { IconBox, IconBuilding, IconServer, IconStack2 } from '@tabler/icons-react'
import { type Bound, boundWords, capital } from './ruleWords'
import classes from './BoundChips.module.css'

const icons = { organization: IconBuilding, project: IconBox, cluster: IconServer, environment: IconStack2 } as const

/** One place a policy is bound to, with the sign of its level. */
export function BoundChip({ bound }: { bound: Bound }) {
  const Icon = icons[bound.level as keyof typeof icons] ?? IconBox
  const count = bound.actions?.length ?? 0
  return (
    <span className={classes.chip}>
      <Icon size={14} aria-hidden /> <span className={classes.words}>{bound.targetName ? bound.targetName : capital(boundWords(bound))}</span>
      {count > 0 ? <span className={classes.actions}>{count === 1 ? bound.actions![0] : `${count} actions`}</span> : null}
    </span>
  )
}

/** Where a policy is bound: the first places, and how many more. */
export function BoundChips({ bound, total, most = 3 }: { bound: Bound[]; total: number; most?: number }) {
  if (total === 0) return <span className={classes.none}>Nothing yet</span>
  const shown = bound.slice(0, most)
  return (
    <span className={classes.chips}>
      {shown.map((one, at) => (
        <BoundChip key={at} bound={one} />
      ))}
      {total > shown.length ? <span className={classes.none}>and {total - shown.length} more</span> : null}
    </span>
  )
}
