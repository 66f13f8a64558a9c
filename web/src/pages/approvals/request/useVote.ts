import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, data, newKey, Problem } from '~/api/client'
import { requestQuery } from './queries'
import type { Detail } from './shape'

export interface Ballot {
  vote: 'approve' | 'deny'
  note: string
}

/**
 * Votes on exactly the payload that was shown. An act that got no answer is repeated with its own key, so that it counts
 * once; one that was refused is over.
 */
export function useVote(request: Detail, shownDigest: string) {
  const client = useQueryClient()
  const act = useRef<{ of: string; key: string } | undefined>(undefined)
  return useMutation({
    mutationFn: async (ballot: Ballot): Promise<Detail> => {
      const of = JSON.stringify([request.id, ballot, shownDigest])
      if (act.current?.of !== of) act.current = { of, key: newKey() }
      return (await data(
        api.POST('/api/v1/requests/{request}/votes', {
          params: { path: { request: request.number }, header: { 'Idempotency-Key': act.current.key } },
          body: { vote: ballot.vote, note: ballot.note.trim() || undefined, payloadDigest: shownDigest },
        }),
      )) as unknown as Detail
    },
    onSuccess: (detail) => {
      act.current = undefined
      client.setQueryData(requestQuery(request.number).queryKey, detail)
      void client.invalidateQueries({ queryKey: ['requests'] })
      void client.invalidateQueries({ queryKey: ['counts'] })
    },
    onError: (error) => {
      const refused = error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 401 && error.status !== 429
      if (refused) {
        act.current = undefined
        void client.invalidateQueries({ queryKey: ['requests'] })
      }
    },
  })
}
