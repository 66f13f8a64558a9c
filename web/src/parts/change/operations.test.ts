import { describe, expect, it } from 'vitest'
import { byHarm, bytes, countsOf, ofResource, ofThing, shortDigest } from './operations'
import { extent, isWhole, linesBelow } from './whole'
import type { Change, TerraformResource } from './shape'

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
  it('counts the things of a declaration', () => {
    expect(countsOf({ kind: 'declaration', digest: '', prune: true, added: 1, changed: 0, removed: 2, changes: [] })).toEqual({ added: 1, changed: 0, removed: 2 })
    expect(['add', 'alter', 'remove'].map((one) => ofThing(one as 'add'))).toEqual(['added', 'changed', 'removed'])
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

describe('whether a change is shown whole', () => {
  const part = (offset: number, shown: number, nextOffset?: number, leftOut?: string): Change => ({
    digest: '', mediaType: '', size: 1, complete: offset === 0 && nextOffset === undefined && leftOut === undefined, leftOut, covered: 0, hidden: 0,
    lookalikes: 0, remarks: [], summary: [], moreInSummary: 0, rows: { offset, shown, total: 20, nextOffset }, folded: [], content: { kind: 'text', lines: [] },
  })
  it('is what the server says of one part', () => {
    expect(isWhole([part(0, 20)])).toBe(true)
    expect(isWhole([part(0, 10, 10, '10 of 20 lines follow and are not shown here')])).toBe(false)
  })
  it('is known of several parts when they meet end to end and nothing in them is cut', () => {
    const first = part(0, 10, 10, '10 of 20 lines follow and are not shown here')
    expect(isWhole([first, part(10, 10, undefined, 'the first 10 lines are not in this part')])).toBe(true)
    expect(isWhole([first, part(12, 8, undefined, 'the first 12 lines are not in this part')])).toBe(false)
    expect(isWhole([first, part(10, 10, undefined, 'the first 10 lines are not in this part; a long text is cut; the raw view has all of it')])).toBe(false)
    expect(isWhole([])).toBe(false)
  })
})

describe('how much of a change is shown', () => {
  it('does not call it full when parts are only named', () => {
    expect(extent(true, 8, 0)).toBe('8 parts are not shown')
    expect(extent(true, 1, 3)).toBe('1 part is not shown')
  })
  it('says that secrets are covered', () => {
    expect(extent(true, 0, 1)).toBe('shown in full but for 1 likely secret')
    expect(extent(true, 0, 0)).toBe('shown in full')
    expect(extent(false, 8, 2)).toBe('NOT shown in full')
  })
  it('counts the lines that are not on the page', () => {
    const part = (offset: number, shown: number) => ({ rows: { offset, shown, total: 6002 } }) as Change
    expect(linesBelow([part(0, 500)])).toBe(5502)
    expect(linesBelow([part(0, 500), part(500, 5502)])).toBe(0)
  })
})
