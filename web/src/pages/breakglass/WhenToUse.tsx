import { IconCheck, IconX } from '@tabler/icons-react'
import { Card } from '~/ui/Card'
import classes from './Glass.module.css'

const use = ['Active incidents or severe production blockage.', 'Short-lived, reasoned, and fully auditable.', 'Only the emergency actions needed for containment or recovery; close it immediately after.']
const not = ['Routine operations, policy shortcuts, or convenience.', 'Missing incident context, or no defined closure owner.']

/** When a session is the right thing, and when it is not: the words of the operations guide. */
export function WhenToUse() {
  return (
    <Card title="When to use this">
      <div className={classes.when}>
        <div>
          <h3 className={classes.sub}>Only for</h3>
          <ul className={classes.list}>
            {use.map((one) => (
              <li key={one}>
                <IconCheck size={15} className={classes.goodIcon} aria-hidden />
                {one}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3 className={classes.sub}>Not for</h3>
          <ul className={classes.list}>
            {not.map((one) => (
              <li key={one}>
                <IconX size={15} className={classes.badIcon} aria-hidden />
                {one}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Card>
  )
}
