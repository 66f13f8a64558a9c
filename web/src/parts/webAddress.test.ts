import { describe, expect, it } from 'vitest'
import { webAddress } from './webAddress'

describe('a link of somebody else', () => {
  it('leads to the web or nowhere', () => {
    expect(webAddress('https://ci.example/run/8812')).toBe('https://ci.example/run/8812')
    expect(webAddress('javascript:alert(1)')).toBeUndefined()
    expect(webAddress('data:text/html,x')).toBeUndefined()
    expect(webAddress('rollout.log')).toBeUndefined()
  })
})
