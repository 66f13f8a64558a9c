import { useQuery } from '@tanstack/react-query'
import { paths } from '~/app/paths'
import { reviewPlace } from '~/parts/review'
import { Link } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { nextWaiting, walkOf } from '../walk'
import { neighboursQuery } from './queries'
import type { Detail } from './shape'

const voted = new Map<string, 'approve' | 'deny'>()

/** Notes what the reader has just voted here. */
export function justVoted(request: string, vote: 'approve' | 'deny'): void {
  voted.set(request, vote)
}

/** Notes that he has taken it back. */
export function notVoted(request: string): void {
  voted.delete(request)
}

/** Right after one's vote: what waits next, where something does. */
export function NextUp({ request }: { request: Detail }) {
  const vote = voted.get(request.id)
  const waiting = useQuery({ ...neighboursQuery, enabled: vote !== undefined })
  // While the list is read anew, it may still hold what was decided just now.
  if (!vote || !waiting.data || waiting.isFetching || reviewPlace(request.number)) return null
  const next = nextWaiting(request.number, walkOf(request.number) ?? [], waiting.data)
  if (!next) return null
  return (
    <Note tone="good" title={vote === 'approve' ? 'Approved.' : 'Rejected.'}>
      Next:{' '}
      <Link to={paths.request} params={{ request: next }} underline="always">
        {next}
      </Link>
    </Note>
  )
}
