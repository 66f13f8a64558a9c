import { RuleSentence } from '../RuleSentence'
import { VisibleText } from '../VisibleText'
import { ruleOf } from './call'
import classes from './Change.module.css'
import { Lines } from './Lines'
import type { CallContent } from './shape'

/** A call that Countersign does itself once it is approved: in words where it is a policy, and as it is sent. */
export function CallChange({ content }: { content: CallContent }) {
  const rule = ruleOf(content)
  const named = Object.entries(content.names)
  return (
    <>
      {rule ? (
        <p className={classes.fact}>
          The policy {rule.name ? <strong><VisibleText fromServer>{rule.name}</VisibleText></strong> : null} would say: <RuleSentence rule={rule} names={content.names} />
        </p>
      ) : null}
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
      {named.length > 0 ? (
        <p className={classes.fact}>
          Named in it:{' '}
          {named.map(([id, name], at) => (
            <span key={id}>
              {at > 0 ? ', ' : ''}
              <strong>
                <VisibleText fromServer>{name}</VisibleText>
              </strong>{' '}
              <code title={id}>{id.slice(0, id.indexOf('_') + 1)}…{id.slice(-4)}</code>
            </span>
          ))}
        </p>
      ) : null}
      {content.body.length > 0 ? <Lines lines={content.body} difference={false} label="What is sent" /> : <p className={classes.fact}>Nothing is sent with it.</p>}
    </>
  )
}
