import { describe, expect, it } from 'vitest'
import { listWith, nextWaiting } from './walk'

describe('going through the inbox', () => {
  it('keeps the order of the list one came from', () => {
    const stored = JSON.stringify([['AR-2', 'AR-7'], ['AR-5', 'AR-1']])
    expect(listWith(stored, 'AR-2')).toEqual(['AR-2', 'AR-7'])
    expect(listWith(stored, 'AR-1')).toEqual(['AR-5', 'AR-1'])
  })
  it('knows no list of what was opened from elsewhere', () => {
    expect(listWith(JSON.stringify([['AR-2']]), 'AR-3')).toBeUndefined()
    expect(listWith('{', 'AR-2')).toBeUndefined()
    expect(listWith(null, 'AR-2')).toBeUndefined()
  })
  it('names what waits after this one, passing over what was decided meanwhile', () => {
    expect(nextWaiting('AR-2', ['AR-2', 'AR-7', 'AR-9'], ['AR-4', 'AR-9'])).toBe('AR-9')
    expect(nextWaiting('AR-9', ['AR-2', 'AR-9'], ['AR-2', 'AR-9'])).toBe('AR-2')
    expect(nextWaiting('AR-2', ['AR-2'], ['AR-2'])).toBeUndefined()
  })
})
