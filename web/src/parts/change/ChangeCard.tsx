import { Button, SegmentedControl, UnstyledButton } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Copy } from '~/ui/Copy'
import { Note } from '~/ui/Note'
import { VisibleText } from '../VisibleText'
import classes from './Change.module.css'
import card from './ChangeCard.module.css'
import { CallChange } from './CallChange'
import { Comparison } from './Comparison'
import { CommandChange } from './CommandChange'
import { DeclarationChange } from './DeclarationChange'
import { DiffChange } from './DiffChange'
import { KubernetesChange } from './KubernetesChange'
import { Lines, Unfolded } from './Lines'
import { bytes, countsOf, type Operation, shortDigest, SIGNS, structureOf } from './operations'
import type { Change, Content } from './shape'
import { TerraformChange } from './TerraformChange'
import { extent, isWhole, linesBelow, notShown } from './whole'

interface ChangeCardProps {
  title: string
  /** The parts of the change that were fetched, in order. */
  parts: Change[]
  view?: 'structured' | 'raw'
  /** Switches between what it is and how it is written, where both are there. */
  onView?: (view: 'structured' | 'raw') => void
  onMore?: () => void
  loadingMore?: boolean
  /** What can be done about covered secrets. */
  reveal?: ReactNode
  /** Where all of it is, as it is. */
  all?: ReactNode
}

const OPERATIONS: Operation[] = ['added', 'changed', 'removed']

/** What will change: counted, in one line, in full, and said whether that is all of it. */
export function ChangeCard({ title, parts, view, onView, onMore, loadingMore, reveal, all }: ChangeCardProps) {
  const [only, setOnly] = useState<Operation | undefined>()
  const first = parts[0]!
  const last = parts[parts.length - 1]!
  const counts = countsOf(first.content)
  const lineCounts = first.content.kind === 'comparison' ? first.content : undefined
  const [structure, setStructure] = useState(structureOf(first.content))
  const named = structureOf(first.content)
  if (named && named !== structure) setStructure(named)
  const remarks = first.remarks
  // Of a comparison only what differs is shown, however long the rest is.
  const whole = lineCounts ? last.rows.nextOffset === undefined : isWhole(parts)
  const below = linesBelow(parts)
  const folded = parts.flatMap((part) => part.folded)
  const more =
    onMore && last.rows.nextOffset ? (
      <Button size="xs" variant="default" loading={loadingMore} onClick={onMore}>
        Show the next lines
      </Button>
    ) : null
  return (
    <section className={card.card}>
      <header className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <div className={classes.filters}>
          {counts
            ? OPERATIONS.map((operation) => (
                <UnstyledButton
                  key={operation}
                  className={classes.filter}
                  data-operation={operation}
                  aria-pressed={only === operation}
                  disabled={counts[operation] === 0}
                  onClick={() => setOnly(only === operation ? undefined : operation)}
                >
                  <b>
                    {SIGNS[operation]}
                    {counts[operation]}
                  </b>{' '}
                  {operation}
                </UnstyledButton>
              ))
            : null}
          {lineCounts ? <span className={classes.dim}>{`+${lineCounts.linesAdded} −${lineCounts.linesRemoved} lines`}</span> : null}
        </div>
        {onView && (structure || view === 'raw') ? (
          <SegmentedControl
            size="xs"
            className="no-print"
            role="radiogroup"
            aria-label="How the change is shown"
            value={view}
            onChange={(value) => onView(value as 'structured' | 'raw')}
            data={[
              { value: 'structured', label: structure ?? 'Structured' },
              { value: 'raw', label: 'Raw' },
            ]}
          />
        ) : null}
      </header>
      {whole || below === 0 ? null : (
        <div className={classes.more} role="note">
          <strong>
            {below.toLocaleString('en')} of {last.rows.total.toLocaleString('en')} lines are not on this page.
          </strong>
          {more}
          {all}
        </div>
      )}
      {first.summary.length > 0 ? <Summary change={first} /> : null}
      {remarks.length > 0 || folded.length > 0 || first.hidden > 0 || first.lookalikes > 0 || first.covered > 0 ? (
        <div className={classes.note}>
          {folded.length > 0 ? (
            <Note tone="pending" title={`${notShown(folded.length)}.`}>
              {folded.length === 1 ? 'Its name and its digest stand' : 'Their names and digests stand'} beneath the change.
            </Note>
          ) : null}
          {first.hidden > 0 || first.lookalikes > 0 ? <Hidden change={first} /> : null}
          {first.covered > 0 ? (
            <Note title={first.covered === 1 ? '1 likely secret is covered.' : `${first.covered} likely secrets are covered.`}>
              The digest is of the true bytes. {reveal}
            </Note>
          ) : null}
          {remarks.map((remark, at) => (
            <Note key={at} tone="pending">
              <VisibleText fromServer>{`${remark.charAt(0).toUpperCase()}${remark.slice(1)}.`}</VisibleText>
            </Note>
          ))}
        </div>
      ) : null}
      {only ? (
        <div className={classes.gap}>
          Only what is {only} is shown.{' '}
          <Button variant="subtle" size="compact-xs" onClick={() => setOnly(undefined)}>
            Show all
          </Button>
        </div>
      ) : null}
      {parts.map((part, at) => (
        <Unfolded key={part.rows.offset} value={at > 0}>
          <Body content={part.content} shown={(operation) => only === undefined || only === operation} />
        </Unfolded>
      ))}
      {folded.length > 0 ? (
        <ul className={classes.folded}>
          {folded.map((part, at) => (
            <li key={at}>
              <VisibleText fromServer>{part.what}</VisibleText>, {bytes(part.size)}, not shown: <code className={classes.digest}>sha256:{part.sha256}</code>
            </li>
          ))}
        </ul>
      ) : null}
      {whole ? null : (
        <div className={classes.more} role="note">
          <strong>This is not all of it.</strong>
          <span>
            {(parts.length > 1 ? (last.leftOut ?? '').replace(/^the first [^;]*; ?/, '') : (last.leftOut ?? '')).replace(/^./, (letter) => letter.toUpperCase())}
          </span>
          {more}
        </div>
      )}
      {lineCounts ? null : <Foot change={first} whole={whole} folded={folded.length} lines={last.rows.total} />}
    </section>
  )
}

function Summary({ change }: { change: Change }) {
  return (
    <dl className={classes.summary}>
      {change.summary.map((one, at) => (
        <div key={at} className={classes.brief}>
          <dt>
            <VisibleText fromServer>{one.label}</VisibleText>
          </dt>
          <dd>
            {one.from == null ? null : (
              <del className={classes.before}>
                <VisibleText fromServer>{one.from}</VisibleText>
              </del>
            )}
            {one.from != null && one.to != null ? <span className={classes.dim}> → </span> : null}
            {one.to == null ? null : (
              <ins className={classes.after}>
                <VisibleText fromServer>{one.to}</VisibleText>
              </ins>
            )}
          </dd>
        </div>
      ))}
      {change.moreInSummary > 0 ? <div className={classes.brief}><dt>and {change.moreInSummary} more</dt><dd /></div> : null}
    </dl>
  )
}

function Hidden({ change }: { change: Change }) {
  const parts = [
    change.hidden > 0 ? `${change.hidden} hidden ${change.hidden === 1 ? 'character' : 'characters'}` : '',
    change.lookalikes > 0 ? `${change.lookalikes} that ${change.lookalikes === 1 ? 'passes' : 'pass'} for others` : '',
  ].filter(Boolean)
  return (
    <Note tone="pending" title={`${parts.join(' and ')} in this change.`}>
      Each is marked where it stands, such as <VisibleText fromServer>⟦U+202E⟧</VisibleText>.
    </Note>
  )
}

function Body({ content, shown }: { content: Content; shown: (operation: Operation) => boolean }) {
  switch (content.kind) {
    case 'diff':
      return <DiffChange content={content} shown={shown} />
    case 'terraform':
      return <TerraformChange content={content} shown={shown} />
    case 'command':
      return <CommandChange content={content} />
    case 'json':
    case 'text':
      return (
        <div className={card.plain}>
          <Lines lines={content.lines} difference={false} label="The payload, line by line" />
        </div>
      )
    case 'binary':
      return (
        <div className={card.plain}>
          <Lines lines={content.hex} difference={false} label="The payload, byte by byte" />
        </div>
      )
    case 'kubernetes':
      return <KubernetesChange content={content} />
    case 'declaration':
      return <DeclarationChange content={content} shown={shown} />
    case 'call':
      return <CallChange content={content} />
    case 'comparison':
      return <Comparison content={content} />
    case 'empty':
      return <p className={classes.nothing}>The ask brought no payload: what is approved is the action on this resource, and nothing more.</p>
    default:
      return <p className={classes.nothing}>This page does not know how to show this kind of change. The raw view shows all of it.</p>
  }
}

function Foot({ change, whole, folded, lines }: { change: Change; whole: boolean; folded: number; lines: number }) {
  return (
    <footer className={classes.foot} data-whole={whole && folded === 0}>
      <IconFingerprint size={14} aria-hidden />
      <code title={change.digest}>{shortDigest(change.digest)}</code>
      <Copy text={change.digest} what="digest" />
      <span>
        · {extent(whole, folded, change.covered)}, {lines === 1 ? '1 line' : `${lines.toLocaleString('en')} lines`}, {bytes(change.size)},{' '}
        {change.hidden + change.lookalikes === 0 ? 'no hidden characters' : 'hidden characters marked'}
      </span>
    </footer>
  )
}
