import { type Names, type Piece, type Rule, rowPieces, rulePieces } from './ruleWords'
import type { Hours } from './week'

/** Pieces of a sentence, what matters in bold. */
export function Pieces({ of }: { of: Piece[] }) {
  return of.map((piece, at) => (piece.strong ? <strong key={at}>{piece.text}</strong> : <span key={at}>{piece.text}</span>))
}

interface RuleSentenceProps {
  rule: Rule
  names: Names
  /** The hours in which it applies, when the time matters. */
  hours?: Hours | undefined
  /** The short form, for rows of lists. */
  short?: boolean
}

/** What a policy says, as a sentence; the same words wherever a policy is shown. */
export function RuleSentence({ rule, names, hours, short = false }: RuleSentenceProps) {
  return <Pieces of={short ? rowPieces(rule, names) : rulePieces(rule, names, hours)} />
}
