import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, data, type Schemas } from '~/api/client'

type RequestRef = Schemas['GateAnswerRequestRef']

/** The call as it was sent, so that the very same can be sent again. */
interface Held<Wish> {
  wish: Wish
  requests: RequestRef[]
}

/** What is held stays in this tab, so that one can look at the request and come back. */
const kept = new Map<string, Held<unknown>>()

/** The requests that an answer 202 names; none for any other answer. */
export function heldRequests(answer: { response: Response; data?: unknown }): RequestRef[] | undefined {
  if (answer.response.status !== 202) return undefined
  const requests = (answer.data as { requests?: Array<{ request?: RequestRef }> } | undefined)?.requests ?? []
  return requests.flatMap((one) => (one.request ? [one.request] : []))
}

interface OwnActOptions<Wish, Done> {
  /** A name for this act on this object; what is held is kept under it. */
  name: string
  act: (wish: Wish) => Promise<{ response: Response; data?: Done }>
  /** Query keys that are old afterwards. */
  touches: string[]
  /** The act is done: the answer's body. */
  onDone?: (body: Done, wish: Wish) => void
  /** The call was taken: done, or held. Its form can close. */
  onSent?: () => void
}

export interface OwnAct<Wish> {
  run: (wish: Wish) => void
  /** The same call once more, after approval. */
  again: () => void
  /** Forget what was held; the requests go on without us. */
  forget: () => void
  reset: () => void
  held: Held<Wish> | undefined
  busy: boolean
  error: unknown
}

/**
 * Something Countersign does itself, behind its own gate: it is done at once, or held until people approve it. What is held
 * is done by sending the same call again.
 */
export function useOwnAct<Wish, Done = unknown>({ name, act, touches, onDone, onSent }: OwnActOptions<Wish, Done>): OwnAct<Wish> {
  const client = useQueryClient()
  const [held, setHeld] = useState(() => kept.get(name) as Held<Wish> | undefined)
  useEffect(() => setHeld(kept.get(name) as Held<Wish> | undefined), [name])
  const keep = (value: Held<Wish> | undefined) => {
    if (value) kept.set(name, value)
    else kept.delete(name)
    setHeld(value)
  }
  const mutation = useMutation({
    mutationFn: act,
    onSuccess: (answer, wish) => {
      const requests = heldRequests(answer)
      keep(requests ? { wish, requests } : undefined)
      for (const room of [...touches, 'requests', 'counts']) void client.invalidateQueries({ queryKey: [room] })
      onSent?.()
      if (!requests) onDone?.(answer.data as Done, wish)
    },
  })
  return {
    run: (wish) => mutation.mutate(wish),
    again: () => {
      if (held) mutation.mutate(held.wish)
    },
    forget: () => keep(undefined),
    reset: () => mutation.reset(),
    held,
    busy: mutation.isPending,
    error: mutation.error ?? undefined,
  }
}

/** The present states of the requests that something waits for. */
export function useHeldStates(requests: RequestRef[]): Record<string, string> {
  const numbers = requests.map((one) => one.number)
  const states = useQuery({
    queryKey: ['requests', 'states', ...numbers],
    queryFn: async () =>
      Object.fromEntries(
        await Promise.all(
          numbers.map(async (number) => {
            const request = await data(api.GET('/api/v1/requests/{request}', { params: { path: { request: number } } }))
            return [number, request.state ?? 'pending'] as const
          }),
        ),
      ),
    enabled: numbers.length > 0,
  })
  return states.data ?? Object.fromEntries(requests.map((one) => [one.number, one.state]))
}
