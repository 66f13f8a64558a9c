import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import type { Schemas } from '~/api/client'

export type LiveEvent = Schemas['LiveEvent']
export type LiveState = 'live' | 'reconnecting'

const State = createContext<LiveState>('reconnecting')

/** Which cached answers an event makes old. The first part of a query's key is the room it comes from. */
export function touched(event: LiveEvent): string[] {
  const { type } = event
  if (event.number !== undefined || /^(request|vote|grant|requirements|payload|reminder|follow-up)/.test(type)) {
    const rooms = ['requests', 'counts', 'follow-ups', 'audit']
    // What passes by a session, or opens it once approved, is about a request and about the session.
    return /^breakglass|^grant|^request-(bypassed|approved|denied|expired|cancelled|executed)$/.test(type) ? [...rooms, 'breakglass'] : rooms
  }
  if (/^(template|binding|declaration)/.test(type)) return ['policies', 'findings', 'requests', 'counts', 'audit']
  if (/^breakglass|^session-/.test(type)) return ['breakglass', 'requests', 'counts', 'audit']
  if (/^(environment|project|cluster|release|action-type)/.test(type)) return ['places', 'findings', 'audit']
  if (/^organization|^set-up/.test(type)) return ['organization', 'me', 'audit']
  if (/^ungated/.test(type)) return ['executions', 'audit']
  if (/^clock/.test(type)) return ['clock', 'requests', 'executions', 'counts', 'audit']
  return ['directory', 'me', 'counts', 'audit']
}

/** After how long a stream that the server refused is asked for again. */
const PAUSE = 3000

/** Follows the server's live events and marks what they touch as old; everything on the page that shows it reads again. */
export function Live({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('reconnecting')
  const waiting = useRef(new Set<string>())

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    let source: EventSource
    let missed = false
    let last = 0
    const flush = () => {
      timer = undefined
      last = Date.now()
      for (const room of waiting.current) void client.invalidateQueries({ queryKey: [room] })
      waiting.current.clear()
    }
    const follow = () => {
      source = new EventSource('/api/v1/events')
      source.onopen = () => {
        setState('live')
        // A new stream begins now: what happened in between was told to nobody.
        if (missed) void client.invalidateQueries()
        missed = false
      }
      source.onerror = () => {
        setState('reconnecting')
        // A browser tries again by itself unless it was refused, as it is once the sign-in has ended.
        if (source.readyState !== EventSource.CLOSED) return
        missed = true
        again = setTimeout(follow, PAUSE)
      }
      source.onmessage = (message: MessageEvent<string>) => {
        const event = JSON.parse(message.data) as LiveEvent
        for (const room of touched(event)) waiting.current.add(room)
        // The first one at once; a burst at most every half second.
        timer ??= setTimeout(flush, Math.max(0, 500 - (Date.now() - last)))
      }
    }
    follow()
    return () => {
      source.close()
      if (again) clearTimeout(again)
      if (timer) clearTimeout(timer)
    }
  }, [client])

  return <State.Provider value={state}>{children}</State.Provider>
}

export function useLiveState(): LiveState {
  return useContext(State)
}
