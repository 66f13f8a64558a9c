import { Card } from '~/ui/Card'
import { CopyLine } from '~/ui/Copy'
import classes from './Glass.module.css'
import type { Session } from './shape'

/** How its owner acts in a session: it is named, ask by ask, and nothing passes by it unnamed. */
export function UseIt({ session }: { session: Session }) {
  return (
    <Card title="Use it" hint="only what you ask with its name is let through">
      <div className={classes.ways}>
        <CopyLine text={`git push -o break-glass=${session.name}`} what="push" />
        <CopyLine text={`countersign run --break-glass ${session.name} -- `} what="command" />
      </div>
    </Card>
  )
}
