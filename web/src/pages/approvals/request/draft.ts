import { useCallback, useState } from 'react'

/** A follow-up as it is being written; the day is as in 2026-12-01. */
export interface FollowUpDraft {
  text: string
  owner?: { id: string; name: string }
  due: string
}

/** What somebody has written and not sent yet. */
export interface Draft {
  note: string
  /** The risk that is taken knowingly. */
  risk: string
  why: string
  way: string
  followUps: FollowUpDraft[]
}

export const EMPTY: Draft = { note: '', risk: '', why: '', way: '', followUps: [] }

const key = (me: string, request: string) => `countersign.draft.${me}.${request}`

export function readDraft(me: string, request: string, store: Storage = window.sessionStorage): Draft {
  try {
    const kept = JSON.parse(store.getItem(key(me, request)) ?? '{}') as Partial<Draft>
    return {
      note: typeof kept.note === 'string' ? kept.note : '',
      risk: typeof kept.risk === 'string' ? kept.risk : '',
      why: typeof kept.why === 'string' ? kept.why : '',
      way: typeof kept.way === 'string' ? kept.way : '',
      followUps: Array.isArray(kept.followUps) ? kept.followUps : [],
    }
  } catch {
    return EMPTY
  }
}

export function writeDraft(me: string, request: string, draft: Draft, store: Storage = window.sessionStorage): void {
  try {
    if (isEmpty(draft)) store.removeItem(key(me, request))
    else store.setItem(key(me, request), JSON.stringify(draft))
  } catch {
    // A full or forbidden store keeps nothing; the text is still on the page.
  }
}

export function isEmpty(draft: Draft): boolean {
  return draft.note === '' && draft.risk === '' && draft.why === '' && draft.way === '' && draft.followUps.length === 0
}

/** What is written about a request outlives a reload and the end of the sign-in, in this tab and for this person. */
export function useDraft(me: string, request: string): [Draft, (change: Partial<Draft>) => void, () => void] {
  const [draft, setDraft] = useState(() => readDraft(me, request))
  const change = useCallback(
    (part: Partial<Draft>) =>
      setDraft((before) => {
        const next = { ...before, ...part }
        writeDraft(me, request, next)
        return next
      }),
    [me, request],
  )
  const clear = useCallback(() => {
    writeDraft(me, request, EMPTY)
    setDraft(EMPTY)
  }, [me, request])
  return [draft, change, clear]
}
