import type { Detail, Who } from './shape'
import type { Names } from './timeline'

/** Everybody whom a request names. */
export function everybody(request: Detail): Who[] {
  return [
    request.subject,
    request.caller,
    ...(request.endedBy ? [request.endedBy] : []),
    ...(request.execution ? [request.execution.redeemer] : []),
    ...request.votes.map((vote) => vote.person),
    ...request.couldApprove,
    ...request.owners,
    ...request.authors,
    ...request.requirements.flatMap((one) => [...one.counted, ...one.lapsed, ...one.closers]),
    ...request.followUps.flatMap((one) => [one.owner, one.madeBy]),
    ...request.excluded.map((one) => one.who),
  ]
}

/** Names for the ids of people and requirements that entries of the log carry; an unknown id stays as it is. */
export function namesOf(request: Detail): Names {
  const known = new Map<string, string>(request.requirements.map((one) => [one.id, one.name]))
  for (const who of everybody(request)) known.set(who.id, who.name)
  return (id) => known.get(id) ?? id
}
