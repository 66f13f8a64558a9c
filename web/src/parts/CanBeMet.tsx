import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { Schemas } from '~/api/client'
import { waysWords } from './ruleWords'
import classes from './CanBeMet.module.css'

/** Whether a policy could be met now, and in how many ways: an icon, words and a colour. */
export function CanBeMet({ chances }: { chances: Schemas['Chances'] }) {
  if (!chances.possible) {
    return (
      <span className={classes.met} data-met="false">
        <span className={classes.line}>
          <IconAlertTriangle size={15} aria-hidden /> Not now
        </span>
      </span>
    )
  }
  const rests = chances.restsOn ?? []
  return (
    <span className={classes.met} data-met="true">
      <span className={classes.line}>
        <IconCircleCheck size={15} aria-hidden /> {waysWords(chances.ways, chances.waysExact)}
      </span>
      {rests.length > 0 ? (
        <span className={classes.rests}>
          rests on{' '}
          {rests.map((one, i) => (
            <span key={one.name} className={classes.name}>
              {one.name}
              {i < rests.length - 1 ? ', ' : ''}
            </span>
          ))}
        </span>
      ) : null}
    </span>
  )
}
