import { Button } from '@mantine/core'
import { createContext, memo, useContext, useState } from 'react'
import { marked } from '../visible'
import { Pieces } from '../VisibleText'
import classes from './Lines.module.css'
import type { Line } from './shape'

const signs = { added: '+', removed: '−', context: ' ', note: ' ' } as const
const said = { added: 'added: ', removed: 'removed: ', context: '', note: '' } as const

/** After so many lines the rest is folded, so that what stands beneath a change can be reached. */
export const FOLD_AFTER = 200

/** Whether somebody has asked for what is here: then nothing of it is folded. */
export const Unfolded = createContext(false)

interface LinesProps {
  lines: Line[]
  /** With both columns of numbers and signs, as in a difference; else the one number alone. */
  difference?: boolean
  /** What it is, for screen readers and for the keyboard that scrolls it. */
  label: string
}

/** Lines of code: numbers, sign, text with the changed words marked. Wide lines wrap, and the rest of very many is folded. */
export const Lines = memo(function Lines({ lines, difference = true, label }: LinesProps) {
  const asked = useContext(Unfolded)
  const [open, setOpen] = useState(false)
  const shown = asked || open || lines.length <= FOLD_AFTER ? lines : lines.slice(0, FOLD_AFTER)
  const rest = (lines.length - shown.length).toLocaleString('en')
  return (
    <div className={classes.block} data-long={shown.length > FOLD_AFTER} role="group" aria-label={label}>
      <div className={classes.lines} data-difference={difference}>
        {shown.map((line, at) => (
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
      {shown.length < lines.length ? (
        <div className={classes.rest}>
          {rest} more {rest === '1' ? 'line is' : 'lines are'} folded.
          <Button className="no-print" size="compact-xs" variant="default" onClick={() => setOpen(true)}>
            Unfold
          </Button>
        </div>
      ) : null}
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
