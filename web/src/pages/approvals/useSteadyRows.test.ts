// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aRow } from '~/parts/requests.fixture'
import { useSteadyRows } from './useSteadyRows'

const rows = (...numbers: string[]) => numbers.map((number) => aRow({ number }))
const shown = (list: ReturnType<typeof useSteadyRows>) => list.rows.map((row) => row.number)

describe('a list that is read while others ask', () => {
  const list = (first: string[]) =>
    renderHook(({ numbers, hold, of }) => useSteadyRows(rows(...numbers), hold, of), {
      initialProps: { numbers: first, hold: false, of: 'mine' },
    })

  it('takes new rows in while nobody has a place in it, and says how many came', () => {
    const { result, rerender } = list(['AR-2'])
    expect(result.current.arrived).toBe(0)
    rerender({ numbers: ['AR-3', 'AR-2'], hold: false, of: 'mine' })
    expect(shown(result.current)).toEqual(['AR-3', 'AR-2'])
    expect(result.current.arrived).toBe(1)
    expect(result.current.fresh).toBe(0)
  })
  it('keeps them back while somebody has, until he asks for them', () => {
    const { result, rerender } = list(['AR-2'])
    rerender({ numbers: ['AR-3', 'AR-2'], hold: true, of: 'mine' })
    expect(shown(result.current)).toEqual(['AR-2'])
    expect(result.current.fresh).toBe(1)
    act(() => result.current.show())
    expect(shown(result.current)).toEqual(['AR-3', 'AR-2'])
    expect(result.current.fresh).toBe(0)
  })
  it('shows another list at once, whoever holds on to the former', () => {
    const { result, rerender } = list(['AR-2'])
    rerender({ numbers: ['AR-9', 'AR-8'], hold: true, of: 'decided' })
    expect(shown(result.current)).toEqual(['AR-9', 'AR-8'])
    expect(result.current.arrived).toBe(0)
  })
  it('lets a row go when it has left', () => {
    const { result, rerender } = list(['AR-3', 'AR-2'])
    rerender({ numbers: ['AR-2'], hold: true, of: 'mine' })
    expect(shown(result.current)).toEqual(['AR-2'])
  })
})
