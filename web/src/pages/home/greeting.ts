import { count } from '~/parts/requests'

/** How many requests wait, as the server counts them. */
export interface Counts {
  mine: number
  mineMore: boolean
  pending: number
  pendingMore: boolean
}

/** The line beneath the greeting: how much waits, for you and at all. */
export function waitingWords({ mine, mineMore, pending, pendingMore }: Counts): string {
  if (pending === 0) return 'Nothing is pending.'
  const all = `${pendingMore ? 'More than ' : ''}${count(pending, 'request is', 'requests are')} pending`
  if (mine === 0) return `${all}; none waits for you.`
  if (mine === pending && !mineMore && !pendingMore) return pending === 1 ? '1 request is pending, and it waits for you.' : `${all}, and all of them wait for you.`
  return `${all}; ${mineMore ? `more than ${mine}` : mine} ${mine === 1 && !mineMore ? 'waits' : 'wait'} for you.`
}
