import { useState } from 'react'
import { isoMillis } from '~/ui/time'
import { useNow } from '~/ui/useNow'
import { useMe } from '~/app/session'
import { Problem } from '~/api/client'
import { confirmationOf } from './ConfirmVote'
import { type Draft, useDraft } from './draft'
import { isWhole } from './FollowUpRows'
import { refused } from './refusal'
import type { Detail } from './shape'
import { useVote } from './useVote'

export const MOST = 4000

/** Which question is open over the page. */
export type Asking = 'confirm' | 'reject' | undefined

export interface Decision {
  draft: Draft
  change: (part: Partial<Draft>) => void
  asking: Asking
  busy: boolean
  /** The refusal of the last vote, and which vote that was. */
  error: unknown
  last: 'approve' | 'deny'
  /** The sign-in is too old for what is critical. */
  password: { needed: boolean; value: string; set: (value: string) => void }
  /** Somebody has tried to send what is not whole. */
  tried: boolean
  tooLong: boolean
  approve: () => void
  confirmed: () => void
  reject: (note: string) => void
  ask: (what: Asking) => void
}

/** Everything about one decision but its looks: the draft, the questions before it, the vote and what came back. */
export function useDecision(request: Detail, me: string, shown: string | undefined, wait: string | undefined, done: () => void, toNote: () => void): Decision {
  const [draft, change, clear] = useDraft(me, request.id)
  const [asking, setAsking] = useState<Asking>()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const vote = useVote(request, shown ?? request.payloadDigest)
  const old = useOldSignIn(request)
  const needed = old || (vote.error instanceof Problem && ['sign-in-too-old', 'wrong-password'].includes(vote.error.code))
  const tooLong = [draft.note, draft.risk].some((text) => [...text].length > MOST)
  const whole = draft.followUps.every(isWhole)

  const cast = (kind: 'approve' | 'deny', note: string) => {
    const approves = kind === 'approve'
    vote.mutate(
      {
        vote: kind,
        note,
        risk: approves ? draft.risk : undefined,
        followUps: approves ? draft.followUps.map((one) => ({ text: one.text.trim(), owner: one.owner?.id ?? '', dueOn: one.due })) : [],
        password: needed && password !== '' ? password : undefined,
      },
      {
        onSuccess: () => {
          clear()
          setPassword('')
          setAsking(undefined)
          done()
        },
        onError: (problem) => {
          setPassword('')
          if (approves && refused(problem, kind).ofNote) {
            setAsking(undefined)
            toNote()
          } else if (approves && problem instanceof Problem && problem.code === 'sign-in-too-old') {
            setAsking('confirm')
          }
        },
      },
    )
  }
  return {
    draft,
    change,
    asking,
    busy: vote.isPending,
    error: vote.isError ? vote.error : undefined,
    last: vote.variables?.vote ?? 'approve',
    password: { needed, value: password, set: setPassword },
    tried,
    tooLong,
    approve: () => {
      setTried(true)
      if (wait || vote.isPending || tooLong || !whole) return
      vote.reset()
      if (confirmationOf(request.action.risk) === 'none' && !needed) cast('approve', draft.note)
      else setAsking('confirm')
    },
    confirmed: () => cast('approve', draft.note),
    reject: (note) => cast('deny', note),
    ask: (what) => {
      vote.reset()
      setPassword('')
      setAsking(what)
    },
  }
}

/** Whether a vote on this takes the password once more, as far as this page knows; the server has the last word. */
function useOldSignIn(request: Detail): boolean {
  const me = useMe()
  const now = useNow(15)
  const recent = isoMillis(me.clock.recentSignIn) ?? 600_000
  return request.action.risk === 'critical' && Date.parse(me.credential.signedInAt) + recent < now
}
