import { createContext, useContext, useSyncExternalStore } from 'react'

/** How far the server's clock is ahead of this device's. */
export const ClockOffset = createContext(0)

const listeners = new Set<() => void>()
let second = Math.floor(Date.now() / 1000)
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    second = Math.floor(Date.now() / 1000)
    for (const one of listeners) one()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && timer) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** The server's present, in steps of so many seconds: one timer for the whole page. */
export function useNow(step = 15): number {
  const offset = useContext(ClockOffset)
  const ticks = useSyncExternalStore(subscribe, () => Math.floor(second / step))
  return ticks * step * 1000 + offset
}
