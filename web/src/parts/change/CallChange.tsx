import { VisibleText } from '../VisibleText'
import classes from './Change.module.css'
import { Lines } from './Lines'
import type { CallContent } from './shape'

/** A call that Countersign does itself once it is approved. */
export function CallChange({ content }: { content: CallContent }) {
  return (
    <>
      <pre className={classes.command} tabIndex={0} role="group" aria-label="The call">
        <strong>{content.method}</strong> <VisibleText fromServer>{content.path}</VisibleText>
      </pre>
      {content.ifMatch ? (
        <p className={classes.fact}>
          Only while it is version <VisibleText fromServer>{content.ifMatch}</VisibleText>; when it has changed meanwhile, nothing happens.
        </p>
      ) : null}
      {content.session ? (
        <p className={classes.fact}>
          It opens the break-glass session <VisibleText fromServer>{content.session}</VisibleText>.
        </p>
      ) : null}
      {content.body.length > 0 ? <Lines lines={content.body} difference={false} label="What is sent" /> : <p className={classes.fact}>Nothing is sent with it.</p>}
    </>
  )
}
