import { Named } from '~/parts/Named'
import { VisibleText } from '~/parts/VisibleText'
import { type Piece, sentence } from './sentence'

/** What happened, with names in place of ids. What people wrote is only ever text. */
export function Sentence({ type, entry, plain = false }: { type: string; entry: unknown; plain?: boolean }) {
  return (
    <>
      {sentence(type, entry).map((piece: Piece, at) =>
        typeof piece === 'string' ? (
          <VisibleText key={at}>{piece}</VisibleText>
        ) : 'id' in piece ? (
          <Named key={at} id={piece.id} plain={plain} />
        ) : (
          <code key={at}>
            <VisibleText>{piece.code}</VisibleText>
          </code>
        ),
      )}
    </>
  )
}
