import { VisibleText } from '../VisibleText'
import classes from './Change.module.css'
import { type Operation, ofThing } from './operations'
import { Part } from './Part'
import type { DeclarationContent } from './shape'

interface DeclarationChangeProps {
  content: DeclarationContent
  shown: (operation: Operation) => boolean
}

/** What applying policy as code changes, thing by thing and field by field. */
export function DeclarationChange({ content, shown }: DeclarationChangeProps) {
  return (
    <>
      {content.prune ? <p className={classes.warning}>What the files lack is removed.</p> : null}
      {content.changes
        .filter((one) => shown(ofThing(one.change)))
        .map((one, at) => (
          <Part
            key={`${one.kind}-${one.name}-${at}`}
            operation={ofThing(one.change)}
            kind={one.kind}
            name={<VisibleText fromServer>{one.name}</VisibleText>}
            count={one.change === 'remove' ? 'removed' : one.fields.length === 1 ? '1 field' : `${one.fields.length} fields`}
            grave={one.change === 'remove'}
          >
            <dl className={classes.attributes}>
              {one.fields.map((field) => (
                <div key={field.path} className={classes.attribute}>
                  <dt>
                    <VisibleText fromServer>{field.path}</VisibleText>
                  </dt>
                  <dd className={classes.value}>
                    {field.from === undefined ? null : (
                      <del className={classes.before}>
                        <VisibleText fromServer>{field.from}</VisibleText>
                      </del>
                    )}
                    {field.from !== undefined && field.to !== undefined ? ' → ' : null}
                    {field.to === undefined ? null : (
                      <ins className={classes.after}>
                        <VisibleText fromServer>{field.to}</VisibleText>
                      </ins>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </Part>
        ))}
    </>
  )
}
