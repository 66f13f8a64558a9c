import { Fragment } from 'react'
import { marked, type Piece, visible } from './visible'
import classes from './VisibleText.module.css'

interface VisibleTextProps {
  children: string
  /** The server has marked it already, as it does in payloads. */
  fromServer?: boolean
}

/** A text of somebody else's: never markup, never able to reach out of its place, with everything that hides or deceives made visible. */
export function VisibleText({ children, fromServer = false }: VisibleTextProps) {
  return (
    <bdi>
      <Pieces pieces={fromServer ? marked(children) : visible(children)} />
    </bdi>
  )
}

export function Pieces({ pieces }: { pieces: Piece[] }) {
  return pieces.map((piece, at) =>
    piece.mark ? (
      <span key={at} className={classes.hidden} title="a character that would not be seen, or passes for another">
        {piece.text}
      </span>
    ) : (
      <Fragment key={at}>{piece.text}</Fragment>
    ),
  )
}
