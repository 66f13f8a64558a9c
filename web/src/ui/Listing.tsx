import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Card } from './Card'
import { Loading } from './Loading'
import { Pager } from './Pager'
import { ProblemNote } from './ProblemNote'

interface ListingProps<Row> {
  query: UseQueryResult<{ items: Row[]; nextCursor?: string | undefined }>
  /** What the list is of, in words: "people". */
  what: string
  /** The cursor in the address, and how another one gets there. */
  cursor?: string | undefined
  onGo?: (cursor: string | undefined) => void
  /** Shown when there is no row: nothing there yet, or no match. */
  empty: ReactNode
  /** "1 person", "12 people". */
  count?: (rows: number) => string
  children: (rows: Row[]) => ReactNode
}

/** A list that the server pages, in each of its states: on its way, failed, without rows, with rows. */
export function Listing<Row>({ query, what, cursor, onGo, empty, count, children }: ListingProps<Row>) {
  if (query.isError && !query.data) {
    return <ProblemNote error={query.error} what={`The ${what} could not be loaded.`} retry={() => void query.refetch()} />
  }
  if (!query.data) {
    return (
      <Card flush>
        <Loading what={what} lines={6} />
      </Card>
    )
  }
  const { items, nextCursor } = query.data
  return (
    <>
      <Card flush>{items.length === 0 ? empty : children(items)}</Card>
      {onGo ? (
        <Pager cursor={cursor} nextCursor={nextCursor} onGo={onGo}>
          {items.length > 0 && count && !cursor && !nextCursor ? count(items.length) : ''}
        </Pager>
      ) : null}
    </>
  )
}
