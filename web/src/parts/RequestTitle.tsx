import { type Row, titleParts } from './requests'
import { VisibleText } from './VisibleText'

/** What a request would do to what, with the thing that is acted on in bold. */
export function RequestTitle({ row }: { row: Row }) {
  const { before, object, after } = titleParts(row)
  return (
    <>
      {before ? <VisibleText>{before}</VisibleText> : null}
      {object ? (
        <strong>
          <VisibleText>{object}</VisibleText>
        </strong>
      ) : null}
      {after ? <VisibleText>{after}</VisibleText> : null}
    </>
  )
}
