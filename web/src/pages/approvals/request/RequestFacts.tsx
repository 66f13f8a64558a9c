import type { ReactNode } from 'react'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Facts } from '~/ui/Facts'
import { Time } from '~/ui/Time'
import { absolute, ownZone } from '~/ui/time'
import classes from './Request.module.css'
import type { Detail } from './shape'

/** What is asked, on what, until when. */
export function RequestFacts({ request }: { request: Detail }) {
  const { resource, action } = request
  const cluster = resource.type === 'cluster' ? undefined : resource.cluster
  const pending = request.state === 'pending'
  const facts: Array<[string, ReactNode]> = [
    [
      'Action',
      <>
        {action.title} <code className={classes.dim}>{action.id}</code>
      </>,
    ],
    [
      'Resource',
      <>
        <VisibleText>{resource.name}</VisibleText>
        <div className={classes.dim}>
          {resource.type}
          {cluster ? ` on cluster ${cluster}` : ''}
        </div>
      </>,
    ],
    ['Release', resource.release ? <VisibleText>{resource.releaseName ?? resource.release}</VisibleText> : undefined],
    ['From, to', resource.from || resource.to ? <FromTo from={resource.from} to={resource.to} /> : undefined],
    ...Object.entries(resource.attributes).map(([key, value]): [string, ReactNode] => [key, <Attribute name={key} value={value} />]),
    ['Asked', <Moment at={request.openedAt} />],
    ['Expires', pending ? <Moment at={request.deadline} /> : undefined],
    ['Ended', !pending && request.endedAt ? <Moment at={request.endedAt} /> : undefined],
  ]
  return (
    <Card title="Facts">
      <Facts of={facts} />
    </Card>
  )
}

/** Commits shortly, with the whole of them on hover; everything else as it is. */
function FromTo({ from, to }: { from?: string; to?: string }) {
  const short = (text: string) => (/^[0-9a-f]{40,64}$/.test(text) ? text.slice(0, 12) : text)
  return (
    <span title={`${from ?? ''} → ${to ?? ''}`}>
      <VisibleText>{`${short(from ?? '…')} → ${short(to ?? '…')}`}</VisibleText>
    </span>
  )
}

/** What the asker said about the resource; a long text scrolls in its place. */
function Attribute({ name, value }: { name: string; value: string }) {
  if (value.length < 200) return <VisibleText>{value}</VisibleText>
  return (
    <div className={classes.long} tabIndex={0} role="group" aria-label={name}>
      <VisibleText>{value}</VisibleText>
    </div>
  )
}

/** A moment to the minute, in UTC and in the reader's zone where that is another. */
export function Moment({ at }: { at: string }) {
  const short = (zone: string) => absolute(at, zone).replace(/ \d{4},/, ',').replace(/:\d\d (?=\S+$)/, ' ')
  const own = ownZone()
  return (
    <>
      {short('UTC')}
      {own === 'UTC' ? null : <div className={classes.dim}>{short(own)}</div>}
      <div className={classes.dim}>
        <Time at={at} />
      </div>
    </>
  )
}
