import { useState } from 'react'
import type { Detail } from './shape'
import { joined } from './words'

interface Seen {
  id: string
  state: string
  digest: string
  votes: string[]
}

function seen(request: Detail): Seen {
  return {
    id: request.id,
    state: request.state,
    digest: request.payloadDigest,
    votes: request.votes.filter((vote) => !vote.endedAt).map((vote) => vote.id),
  }
}

/** What happened to a request since a moment, for somebody who is reading it: other people's votes, its end, another change. */
export function happened(before: Seen, request: Detail, me: string): string[] {
  const news: string[] = []
  const fresh = request.votes.filter((vote) => !vote.endedAt && !before.votes.includes(vote.id) && vote.person.id !== me)
  const approvers = fresh.filter((vote) => vote.vote === 'approve').map((vote) => vote.person.name)
  if (approvers.length > 0) news.push(`${joined(approvers)} approved while you read.`)
  const gone = request.votes.filter((vote) => vote.endedAt && before.votes.includes(vote.id) && vote.person.id !== me)
  if (gone.length > 0) news.push(`The vote of ${joined(gone.map((vote) => vote.person.name))} does not count any more.`)
  if (before.digest !== request.payloadDigest) news.push('The change was replaced while you read.')
  if (before.state !== request.state) news.push(`It is ${request.state.replaceAll('-', ' ')} now.`)
  return news
}

const ownActs = new Map<string, string>()

/** Notes what the reader has just made of a request himself: that is no news to him. */
export function didMyself(request: Detail): void {
  ownActs.set(request.id, request.state)
}

/** The news since the page was opened, until the reader has seen them. */
export function useNews(request: Detail, me: string): { news: string[]; before: string; forget: () => void } {
  const [before, setBefore] = useState(() => seen(request))
  const own = request.votes.some((vote) => vote.person.id === me && !vote.endedAt && !before.votes.includes(vote.id))
  const did = before.state !== request.state && ownActs.get(request.id) === request.state
  if (before.id !== request.id || own || did) {
    setBefore(seen(request))
    return { news: [], before: request.state, forget: () => undefined }
  }
  return { news: happened(before, request, me), before: before.state, forget: () => setBefore(seen(request)) }
}
