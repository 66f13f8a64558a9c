import { PersonChip } from '~/parts/PersonChip'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Time } from '~/ui/Time'
import { absolute } from '~/ui/time'
import classes from './Facts.module.css'
import type { Detail, Who } from './shape'
import { kindOf } from './words'

/** Who asked in full, who spoke for him, and who may not approve this. */
export function Asker({ request, me }: { request: Detail; me: string }) {
  const { subject, caller, owners, authors } = request
  const chain = owners.filter((one) => one.id !== subject.id)
  return (
    <Card title="Who asked">
      <dl className={classes.facts}>
        <dt>Asked by</dt>
        <dd>
          <Somebody who={subject} me={me} />
          {chain.length > 0 ? (
            <ol className={classes.chain} aria-label={`Who owns ${subject.name}`}>
              {chain.map((owner) => (
                <li key={owner.id}>
                  <span className={classes.dim}>owned by</span> <Somebody who={owner} me={me} />
                </li>
              ))}
            </ol>
          ) : null}
        </dd>
        <dt>Through</dt>
        <dd>
          {caller.id === subject.id ? (
            <span className={classes.dim}>nobody else: the asker spoke for {subject.kind === 'person' ? 'themselves' : 'itself'}</span>
          ) : (
            <Somebody who={caller} me={me} />
          )}
        </dd>
        {authors.length > 0 ? (
          <>
            <dt>Written by</dt>
            <dd>
              {authors.map((author) => (
                <div key={author.id}>
                  <Somebody who={author} me={me} />
                </div>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
      {request.mayNotApprove ? (
        <p className={classes.remark}>
          <VisibleText>{request.mayNotApprove}</VisibleText>
        </p>
      ) : null}
    </Card>
  )
}

function Somebody({ who, me }: { who: Who; me: string }) {
  return <PersonChip id={who.id} name={who.id === me ? 'You' : who.name} kind={who.kind} handle={who.handle} note={kindOf(who) || undefined} />
}

/** What is asked, on what, until when. */
export function Facts({ request }: { request: Detail }) {
  const { resource, action } = request
  const more = resource as typeof resource & { project?: string; environment?: string; cluster?: string; releaseName?: string }
  return (
    <Card title="Facts">
      <dl className={classes.facts}>
        <dt>Action</dt>
        <dd>
          {action.title} <code className={classes.dim}>{action.id}</code>
        </dd>
        <dt>Resource</dt>
        <dd>
          <VisibleText>{resource.name}</VisibleText> <span className={classes.dim}>{resource.type}</span>
          {more.cluster && resource.type !== 'cluster' ? <div className={classes.dim}>on cluster {more.cluster}</div> : null}
        </dd>
        {resource.release ? (
          <>
            <dt>Release</dt>
            <dd>
              <VisibleText>{more.releaseName ?? resource.release}</VisibleText>
            </dd>
          </>
        ) : null}
        {resource.from || resource.to ? (
          <>
            <dt>From, to</dt>
            <dd>
              <VisibleText>{`${resource.from ?? '…'} → ${resource.to ?? '…'}`}</VisibleText>
            </dd>
          </>
        ) : null}
        {Object.entries(resource.attributes).map(([key, value]) => (
          <Attribute key={key} name={key} value={value} />
        ))}
        <dt>Asked</dt>
        <dd>
          <Exact at={request.openedAt} />
        </dd>
        {request.state === 'pending' ? (
          <>
            <dt>Expires</dt>
            <dd>
              <Exact at={request.deadline} />
            </dd>
          </>
        ) : request.endedAt ? (
          <>
            <dt>Ended</dt>
            <dd>
              <Exact at={request.endedAt} />
            </dd>
          </>
        ) : null}
      </dl>
    </Card>
  )
}

function Attribute({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>
        <VisibleText>{name}</VisibleText>
      </dt>
      <dd>
        <VisibleText>{value}</VisibleText>
      </dd>
    </>
  )
}

function Exact({ at }: { at: string }) {
  return (
    <>
      <Time at={at} as="clock" /> <span className={classes.dim}>{absolute(at, 'UTC').replace(/:\d\d UTC$/, ' UTC')}</span>
    </>
  )
}
