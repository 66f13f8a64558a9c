import { useContext } from 'react'
import { VisibleText } from '../VisibleText'
import classes from './Change.module.css'
import { FOLD_AFTER, Lines, Unfolded } from './Lines'
import { Part } from './Part'
import type { KubernetesContent } from './shape'

/** Manifests that are applied, object by object. */
export function KubernetesChange({ content }: { content: KubernetesContent }) {
  const asked = useContext(Unfolded)
  let lines = 0
  return (
    <>
      <p className={classes.fact}>These objects are applied as they are here. What is in the cluster now is not part of the request.</p>
      {content.manifests.map(({ object, lines: manifest }, at) => {
        const openAtFirst = asked || lines < FOLD_AFTER
        lines += manifest.length
        return (
          <Part
            key={`${object.kind}-${object.name ?? ''}-${at}`}
            operation="changed"
            kind={<VisibleText fromServer>{object.kind}</VisibleText>}
            name={<VisibleText fromServer>{object.name ?? 'without a name'}</VisibleText>}
            where={object.namespace ? <VisibleText fromServer>{`in ${object.namespace}`}</VisibleText> : undefined}
            count={manifest.length === 1 ? '1 line' : `${manifest.length} lines`}
            openAtFirst={openAtFirst}
          >
            <Lines lines={manifest} difference={false} label={`${object.kind} ${object.name ?? ''}`} />
          </Part>
        )
      })}
    </>
  )
}
