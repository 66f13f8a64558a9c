/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { changedFields, fieldChanges } from './changes'
import { plainSentence, sentence } from './sentence'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const edit = (field: string, before?: string, after?: string) => ({ field, before, after })
const told = (...changes: unknown[]) => plain(plainSentence(sentence('organization-changed', { changes })))

describe('changes of settings', () => {
  it('are told as people say them', () => {
    expect(told(edit('staleAfter', 'PT24H', 'PT4H'))).toBe('Changed the settings: stale after 4 hours (was 24 hours)')
    expect(told(edit('payloadLimit', '16777216', '2097152'), edit('voteReasonRequired', 'never', 'on-deny'))).toBe(
      'Changed the settings: largest payload 2 MiB (was 16 MiB); a vote needs a reason when rejecting (was never)',
    )
    expect(told(edit('breakGlassMinimum', 'PT30M', 'PT1H30M'))).toBe('Changed the settings: break-glass lasts at least 1 hour 30 minutes (was 30 minutes)')
  })
  it('keep the value as it is kept beside the words', () => {
    expect(sentence('organization-changed', { changes: [edit('ownChangeWindow', 'PT168H', 'P30D')] })).toContainEqual({ value: '30\u00a0days', kept: 'P30D' })
  })
  it('leave a name alone, whatever it looks like', () => {
    expect(told(edit('name', 'Acme', 'PT4H'))).toBe('Changed the settings: name PT4H (was Acme)')
    expect(told(edit('name', 'a -> b', 'c'))).toBe('Changed the settings: name c (was a -> b)')
  })
  it('say what they cannot read as it is', () => {
    expect(told('something else')).toBe('Changed the settings: something else')
    expect(fieldChanges([edit('moon', undefined, 'new')])).toEqual([
      { field: 'moon', words: 'moon', before: { kept: 'none', words: 'none' }, after: { kept: 'new', words: 'new' } },
    ])
  })
  it('are read as entries of earlier days keep them', () => {
    expect(told('staleAfter: PT24H -> PT4H')).toBe('Changed the settings: stale after 4 hours (was 24 hours)')
  })
  it('know every setting of the server', () => {
    const source = readFileSync('../server/src/main/java/io/countersign/server/directory/OrganizationChanges.java', 'utf8')
    const fields = [...source.matchAll(/\.field\(\s*"(\w+)"/g)].map((one) => one[1]!)
    expect(fields.length).toBeGreaterThan(12)
    for (const field of fields) expect(told(edit(field, 'a', 'b')), field).not.toContain(field === 'name' || field === 'zone' ? '->' : field)
  })
})

it('names changed fields in words', () => {
  expect(changedFields([edit('clusterId', 'clu_1', 'clu_2'), edit('name', 'a', 'b')])).toBe('cluster, name')
})
