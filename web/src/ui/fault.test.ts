import { describe, expect, it } from 'vitest'
import { Problem } from '~/api/client'
import { fault } from './fault'

describe('fault', () => {
  const problem = new Problem(400, { violations: [{ field: 'handle', message: 'a handle has 2 to 40 characters' }, { field: 'admin.name', message: 'Too long.' }] })
  it('makes a sentence of what the server says about a field', () => {
    expect(fault(problem, 'handle')).toBe('A handle has 2 to 40 characters.')
    expect(fault(problem, 'name')).toBe('Too long.')
  })
  it('takes the first of the names that the server knows', () => {
    expect(fault(problem, 'title', 'handle')).toBe('A handle has 2 to 40 characters.')
  })
  it('quotes what stands in backticks', () => {
    const scope = new Problem(400, { violations: [{ field: 'scope.actions', message: 'there is no action `x`' }] })
    expect(fault(scope, 'scope.actions')).toBe('There is no action “x”.')
  })
  it('says durations in words, but not those that were typed', () => {
    const span = new Problem(400, { violations: [{ field: 'staleAfter', message: '`staleAfter` is from PT1M to P90D, not `PT0S`' }] })
    expect(fault(span, 'staleAfter')?.replaceAll('\u00a0', ' ')).toBe('It is from 1 minute to 90 days, not “PT0S”.')
  })
  it('leaves out the name that the field has in the API', () => {
    const empty = new Problem(400, { violations: [{ field: 'name', message: '`name` is 1 to 120 visible characters' }] })
    expect(fault(empty, 'name')).toBe('It is 1 to 120 visible characters.')
  })
  it('is silent about other fields and other errors', () => {
    expect(fault(problem, 'email')).toBeUndefined()
    expect(fault(new Error('no'), 'handle')).toBeUndefined()
  })
})
