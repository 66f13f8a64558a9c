import { CommandChange } from './CommandChange'
import { Lines } from './Lines'
import { bytes, byHarm, type Operation, ofResource } from './operations'
import { Part } from './Part'
import type { Attribute, TerraformContent, TerraformResource } from './shape'
import { VisibleText } from '../VisibleText'
import classes from './Change.module.css'

interface TerraformChangeProps {
  content: TerraformContent
  shown: (operation: Operation) => boolean
}

const WORDS: Record<TerraformResource['operation'], string> = {
  create: 'created',
  update: 'changed in place',
  replace: 'destroyed and made anew',
  destroy: 'destroyed',
  read: 'read',
  forget: 'forgotten, not destroyed',
  move: 'moved',
  import: 'imported',
  other: 'changed',
}

/** A plan by resource: what is destroyed first, what stays the same is only counted. */
export function TerraformChange({ content, shown }: TerraformChangeProps) {
  const shownResources = byHarm(content.resources).filter((one) => shown(ofResource(one)))
  return (
    <>
      {content.errored ? <p className={classes.warning}>Terraform says that making this plan failed; it may not be whole.</p> : null}
      {shownResources.map((resource, at) => (
        <Resource key={`${resource.address}-${at}`} resource={resource} />
      ))}
      {content.outputs.map((output) => (
        <Part
          key={output.name}
          operation="changed"
          kind="output"
          name={<VisibleText fromServer>{output.name}</VisibleText>}
          count={output.actions.join(', ')}
          openAtFirst={false}
        >
          <Attributes attributes={output.attributes} />
        </Part>
      ))}
      {content.unchangedResources > 0 ? (
        <p className={classes.fact}>
          {content.unchangedResources === 1 ? '1 resource stays as it is.' : `${content.unchangedResources} resources stay as they are.`}
        </p>
      ) : null}
      {content.drift.length > 0 ? (
        <Part operation="changed" name="Changed outside of Terraform" count={`${content.drift.length}`} openAtFirst={false}>
          {content.drift.map((resource, at) => (
            <Resource key={`${resource.address}-${at}`} resource={resource} />
          ))}
        </Part>
      ) : null}
      {content.planFile ? (
        <p className={classes.fact}>
          Applies the plan file <code><VisibleText fromServer>{content.planFile.path}</VisibleText></code>, {bytes(content.planFile.size)},{' '}
          <code className={classes.digest}>sha256:{content.planFile.sha256}</code>
        </p>
      ) : null}
      {content.command ? <CommandChange content={content.command} /> : null}
    </>
  )
}

function Resource({ resource }: { resource: TerraformResource }) {
  const grave = resource.operation === 'destroy' || resource.operation === 'replace'
  return (
    <Part
      operation={ofResource(resource)}
      name={<VisibleText fromServer>{resource.address}</VisibleText>}
      where={resource.previousAddress ? <VisibleText fromServer>{`was ${resource.previousAddress}`}</VisibleText> : undefined}
      count={WORDS[resource.operation] ?? resource.operation}
      grave={grave}
      openAtFirst={resource.operation !== 'read'}
    >
      {resource.reason ? (
        <p className={classes.fact}>
          <VisibleText fromServer>{resource.reason.replaceAll('_', ' ')}</VisibleText>
        </p>
      ) : null}
      <Attributes attributes={resource.attributes} />
      {resource.unchanged > 0 ? (
        <p className={classes.fact}>
          {resource.unchanged === 1 ? '1 attribute stays the same' : `${resource.unchanged} attributes stay the same`}
        </p>
      ) : null}
    </Part>
  )
}

function Attributes({ attributes }: { attributes: Attribute[] }) {
  if (attributes.length === 0) return null
  return (
    <dl className={classes.attributes}>
      {attributes.map((one) => (
        <div key={one.path} className={classes.attribute}>
          <dt>
            <VisibleText fromServer>{one.path}</VisibleText>
            {one.replaces ? <span className={classes.forces}> forces it to be made anew</span> : null}
          </dt>
          <dd>{one.lines.length > 0 ? <Lines lines={one.lines} label={`Difference of ${one.path}`} /> : <Value one={one} />}</dd>
        </div>
      ))}
    </dl>
  )
}

function Value({ one }: { one: Attribute }) {
  const before = one.before ?? undefined
  const after = one.after ?? undefined
  return (
    <span className={classes.value}>
      {before === undefined ? null : (
        <del className={classes.before}>
          <VisibleText fromServer>{before}</VisibleText>
        </del>
      )}
      {before !== undefined && (after !== undefined || one.unknown) ? <span aria-hidden> → </span> : null}
      {one.unknown ? <em>known only once it is applied</em> : null}
      {after === undefined ? null : (
        <ins className={classes.after}>
          <VisibleText fromServer>{after}</VisibleText>
        </ins>
      )}
      {one.sensitive ? <span className={classes.dim}> covered: Terraform calls it sensitive</span> : null}
    </span>
  )
}
