import { describe, expect, it } from 'vitest'
import { csvAddress, filterCount, fromField, queryOf, toField } from './filters'

describe('filters of the log', () => {
  it('are the same for the list and for the file', () => {
    const search = { type: 'vote-cast,request-opened', actor: '@bob', prominent: 'true', text: 'a b', cursor: 'x' }
    expect(queryOf(search)).toMatchObject({ type: ['vote-cast', 'request-opened'], actor: '@bob', prominent: true, text: 'a b' })
    expect(csvAddress(search)).toBe('/api/v1/audit-entries.csv?type=vote-cast&type=request-opened&actor=%40bob&text=a+b&prominent=true')
    expect(csvAddress({})).toBe('/api/v1/audit-entries.csv')
  })
  it('are counted with the period as one', () => {
    expect(filterCount({ from: 'a', to: 'b', actor: '@bob', cursor: 'x' })).toBe(2)
    expect(filterCount({})).toBe(0)
  })
  it('go through a field for day and time and back', () => {
    const instant = '2026-11-20T13:54:00.000Z'
    expect(fromField(toField(instant))).toBe(instant)
    expect(toField('nonsense')).toBe('')
    expect(fromField('')).toBeUndefined()
  })
})
