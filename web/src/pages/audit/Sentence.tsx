import { useQuery } from '@tanstack/react-query'
import { Named } from '~/parts/Named'
import { actionsQuery } from '~/parts/places'
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
        ) : 'action' in piece ? (
          <ActionName key={at} id={piece.action} />
        ) : 'value' in piece ? (
          <span key={at} title={piece.kept === piece.value ? undefined : piece.kept}>
            <VisibleText>{piece.value}</VisibleText>
          </span>
        ) : (
          <code key={at}>
            <VisibleText>{piece.code}</VisibleText>
          </code>
        ),
      )}
    </>
  )
}

/** A kind of action by its title; the id is on hover. */
function ActionName({ id }: { id: string }) {
  const title = useQuery({ ...actionsQuery, staleTime: 5 * 60_000 }).data?.items.find((one) => one.id === id)?.title
  return title ? (
    <strong title={id} style={{ fontWeight: 500 }}>
      {title}
    </strong>
  ) : (
    <code>
      <VisibleText>{id}</VisibleText>
    </code>
  )
}
