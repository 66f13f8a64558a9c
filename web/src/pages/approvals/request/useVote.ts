import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, data, newKey, Problem } from '~/api/client'
import { confirmSignIn } from './acts'
import { justVoted } from './NextUp'
import { requestQuery } from './queries'
import type { Detail } from './shape'

export interface Ballot {
  vote: 'approve' | 'deny'
  note: string
  risk?: string
  followUps?: Array<{ text: string; owner: string; dueOn: string }>
  /** The password once more, where the sign-in is too old for what is critical. */
  password?: string
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
      const { password, ...said } = ballot
      if (password !== undefined) await confirmSignIn(password)
      const of = JSON.stringify([request.id, said, shownDigest])
      if (act.current?.of !== of) act.current = { of, key: newKey() }
      return data(
        api.POST('/api/v1/requests/{request}/votes', {
          params: { path: { request: request.number }, header: { 'Idempotency-Key': act.current.key } },
          body: {
            vote: said.vote,
            note: said.note.trim() || undefined,
            riskAcknowledged: said.risk?.trim() || undefined,
            payloadDigest: shownDigest,
            followUps: said.followUps ?? [],
          },
        }),
      )
    },
    onSuccess: (detail, ballot) => {
      if (ballot.password !== undefined) void client.invalidateQueries({ queryKey: ['me'] })
      act.current = undefined
      justVoted(request.id, ballot.vote)
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
