import { describe, expect, it } from 'vitest'
import { byHarm, bytes, countsOf, ofResource, shortDigest } from './operations'
import type { TerraformResource } from './shape'

const resource = (operation: TerraformResource['operation']): TerraformResource => ({
  address: operation,
  type: 'x',
  operation,
  actions: [],
  attributes: [],
  unchanged: 0,
})

describe('operations of a change', () => {
  it('puts what is destroyed first', () => {
    const sorted = byHarm(['create', 'update', 'destroy', 'replace'].map((one) => resource(one as 'create')))
    expect(sorted.map((one) => one.operation)).toEqual(['destroy', 'replace', 'update', 'create'])
  })
  it('counts a replacement among what is removed, because it destroys first', () => {
    expect(ofResource(resource('replace'))).toBe('removed')
    const counts = { add: 1, change: 2, replace: 1, destroy: 1, read: 0, forget: 0, move: 1, bring: 1 }
    expect(
      countsOf({ kind: 'terraform', counts, resources: [], unchangedResources: 0, outputs: [], drift: [], errored: false }),
    ).toEqual({ added: 2, changed: 3, removed: 2 })
  })
  it('has no counts for what has no parts', () => {
    expect(countsOf({ kind: 'text', lines: [] })).toBeUndefined()
  })
  it('says sizes and digests shortly', () => {
    expect(bytes(999)).toBe('999 B')
    expect(bytes(14_200)).toBe('14 kB')
    expect(shortDigest(`sha256:9f2c41d0${'0'.repeat(52)}e41b`)).toBe('sha256:9f2c 41d0 … e41b')
  })
})
