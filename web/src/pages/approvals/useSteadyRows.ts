import { useEffect, useRef, useState } from 'react'
import type { Row } from '~/parts/requests'
import { steady } from './steady'

const numberOf = (row: Row) => row.number

/**
 * The rows to show of those that were read. While `hold`, what is new waits to be shown; `identity` names the list, and
 * another list is shown at once.
 */
export function useSteadyRows(rows: Row[] | undefined, hold: boolean, identity: string) {
  const shown = useRef<{ identity: string; numbers: string[] }>({ identity: '', numbers: [] })
  const [, again] = useState(0)
  const same = shown.current.identity === identity && shown.current.numbers.length > 0
  const result = steady(shown.current.numbers, rows ?? [], numberOf, hold && same)
  const numbers = result.rows.map(numberOf)
  const names = numbers.join(' ')
  const ready = rows !== undefined
  const [arrived, setArrived] = useState(0)

  useEffect(() => {
    if (!ready) return
    const before = shown.current
    const now = names === '' ? [] : names.split(' ')
    const known = new Set(before.numbers)
    setArrived(before.identity === identity ? now.filter((number) => !known.has(number)).length : 0)
    shown.current = { identity, numbers: now }
  }, [identity, names, ready])

  return {
    rows: result.rows,
    /** How many wait to be shown. */
    fresh: result.fresh,
    /** How many were put into the list by themselves the last time. */
    arrived,
    show: () => {
      shown.current = { identity, numbers: (rows ?? []).map(numberOf) }
      again((count) => count + 1)
    },
  }
}
