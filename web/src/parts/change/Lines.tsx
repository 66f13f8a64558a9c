import { memo } from 'react'
import { marked } from '../visible'
import { Pieces } from '../VisibleText'
import classes from './Lines.module.css'
import type { Line } from './shape'

const signs = { added: '+', removed: '−', context: ' ', note: ' ' } as const
const said = { added: 'added: ', removed: 'removed: ', context: '', note: '' } as const

interface LinesProps {
  lines: Line[]
  /** With both columns of numbers and signs, as in a difference; else the one number alone. */
  difference?: boolean
  /** What it is, for screen readers and for the keyboard that scrolls it. */
  label: string
}

/** Lines of code: numbers, sign, text with the changed words marked. Wide lines scroll within, never the page. */
export const Lines = memo(function Lines({ lines, difference = true, label }: LinesProps) {
  return (
    <div className={classes.scroll} data-long={lines.length > 200} tabIndex={0} role="group" aria-label={label}>
      <div className={classes.lines} data-difference={difference}>
        {lines.map((line, at) => (
          <div key={at} className={classes.line} data-kind={line.kind}>
            {difference ? (
              <span className={classes.number} aria-hidden>
                {line.oldLine ?? ''}
              </span>
            ) : null}
            <span className={classes.number} aria-hidden>
              {line.continued ? '↳' : (line.newLine ?? '')}
            </span>
            {difference ? (
              <span className={classes.sign} aria-hidden>
                {signs[line.kind]}
              </span>
            ) : null}
            <span className={classes.text}>
              {said[line.kind] ? <span className="visually-hidden">{said[line.kind]}</span> : null}
              <Words line={line} />
            </span>
          </div>
        ))}
      </div>
    </div>
  )
})

/** The text with its changed words marked. */
function Words({ line }: { line: Line }) {
  if (line.changed.length === 0) return <Pieces pieces={marked(line.text)} />
  const parts: Array<{ text: string; word: boolean }> = []
  let at = 0
  for (const { from, to } of line.changed) {
    if (from > at) parts.push({ text: line.text.slice(at, from), word: false })
    parts.push({ text: line.text.slice(Math.max(at, from), to), word: true })
    at = Math.max(at, to)
  }
  if (at < line.text.length) parts.push({ text: line.text.slice(at), word: false })
  return parts.map((part, key) =>
    part.word ? (
      <mark key={key} className={classes.word}>
        <Pieces pieces={marked(part.text)} />
      </mark>
    ) : (
      <Pieces key={key} pieces={marked(part.text)} />
    ),
  )
}
