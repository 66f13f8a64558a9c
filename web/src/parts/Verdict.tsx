import { IconAlertTriangle, IconCircleMinus, IconLock, IconSignature } from '@tabler/icons-react'
import { type Row, verdictOf } from './requests'
import classes from './Verdict.module.css'

const icons = { yours: IconSignature, locked: IconLock, impossible: IconAlertTriangle, over: IconCircleMinus } as const

/** Whether you can approve, and the reason when not. */
export function Verdict({ row }: { row: Row }) {
  const verdict = verdictOf(row)
  const Icon = icons[verdict.tone]
  return (
    <div className={classes.verdict} data-tone={verdict.tone}>
      <Icon size={15} stroke={1.9} aria-hidden />
      <span>
        <span className={classes.title}>{verdict.title}</span>
        {verdict.detail ? (
          <span data-repeats={verdict.detail.startsWith('waiting for ')}>
            <span className={classes.dot}> · </span>
            <span className={classes.detail} title={verdict.detail}>
              {verdict.detail}
            </span>
          </span>
        ) : null}
      </span>
    </div>
  )
}
