/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { oneByOne, permissionWords, scopes, scopesFor } from './permissions'

const java = '../server/src/main/java/io/countersign/server'
const source = readFileSync(`${java}/platform/Permission.java`, 'utf8')
const served = readFileSync(`${java}/directory/Scopes.java`, 'utf8')
const ids = [...source.matchAll(/^ {4}[A-Z_]+\(\s*"([a-z-]+)"/gm)].map((one) => one[1]!)

describe('permissions', () => {
  it('has words for every permission the server knows', () => {
    const missing = ids.filter((id) => id !== 'public' && id !== 'signed-in' && permissionWords(id) === id)
    expect(ids.length).toBeGreaterThan(20)
    expect(missing).toEqual([])
  })
  it('offers every scope the server knows, and no other', () => {
    const all = /ALL = Set\.of\(([^)]*)\)/.exec(served)![1]!
    const known = [...all.matchAll(/"([a-z-]+)"/g)].map((one) => one[1]!)
    if (/\bVOTE\b/.test(all)) known.push('vote')
    expect(scopes.map((one) => one.id).sort()).toEqual(known.sort())
  })
  it('offers only scopes that reach something', () => {
    expect(scopesFor(['requests-read', 'directory-read', 'policy-read']).map((one) => one.id)).toEqual(['read'])
  })
  it('names what is given one by one', () => {
    expect(oneByOne.every((id) => ids.includes(id))).toBe(true)
  })
})
