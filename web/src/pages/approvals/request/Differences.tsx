import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { paths } from '~/app/paths'
import { ChangeCard } from '~/parts/change/ChangeCard'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { comparisonQuery } from './queries'
import type { Detail } from './shape'

interface DifferencesProps {
  request: Detail
  /** The request to compare with. */
  against: string
  openAtFirst: boolean
}

/** What differs from the request that this one takes the place of. */
export function Differences({ request, against, openAtFirst }: DifferencesProps) {
  const [open, setOpen] = useState(openAtFirst)
  const replaces = request.supersedes === against ? 'It takes the place of' : request.resubmits === against ? 'It was asked once more after' : 'Compared with'
  return (
    <>
      <Note title={`${replaces} ${against}.`}>
        <Link to={paths.request} params={{ request: against }}>
          Look at {against}
        </Link>{' '}
        {request.payloadReadable ? (
          <Button variant="default" size="compact-xs" className="no-print" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide what differs' : 'Show what differs'}
          </Button>
        ) : null}
      </Note>
      {open && request.payloadReadable ? <Shown request={request.number} against={against} /> : null}
    </>
  )
}

function Shown({ request, against }: { request: string; against: string }) {
  const comparison = useInfiniteQuery(comparisonQuery(request, against))
  const title = `What differs from ${against}`
  if (comparison.isPending) {
    return (
      <Card title={title}>
        <Loading what="the differences" lines={3} />
      </Card>
    )
  }
  if (comparison.isError) {
    return (
      <Card title={title}>
        <ProblemNote error={comparison.error} what="They could not be compared." retry={() => void comparison.refetch()} />
      </Card>
    )
  }
  return (
    <ChangeCard
      title={title}
      parts={comparison.data.pages}
      onMore={() => void comparison.fetchNextPage()}
      loadingMore={comparison.isFetchingNextPage}
    />
  )
}
