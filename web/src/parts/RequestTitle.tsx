import { type Row, titleParts } from './requests'

/** What a request would do to what, with the thing that is acted on in bold. */
export function RequestTitle({ row }: { row: Row }) {
  const { before, object, after } = titleParts(row)
  return (
    <>
      {before}
      {object ? <strong>{object}</strong> : null}
      {after}
    </>
  )
}
