/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { knownTypes, plainSentence, sentence, typeWords } from './sentence'

const folder = '../core/src/main/java/io/countersign/core/audit'

/** Every kind of entry as the core names it, with its fields. */
const kinds = readdirSync(folder)
  .filter((file) => file.endsWith('Entry.java') && file !== 'Entry.java')
  .flatMap((file) => {
    const source = readFileSync(`${folder}/${file}`, 'utf8')
    const family = file.replace('.java', '')
    return [...source.matchAll(/record (\w+)\(([^{]*?)\)\s*implements (\w+)/g)]
      .filter((one) => one[3] === family)
      .map((one) => ({
        type: one[1]!.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase(),
        fields: [...one[2]!.replace(/@Nullable/g, '').matchAll(/([\w.<>]+)\s+(\w+)\s*(?:,|$)/g)].map((field) => ({ kind: field[1]!, name: field[2]! })),
      }))
  })

function sample(fields: ReadonlyArray<{ kind: string; name: string }>): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ kind, name }) => [
      name,
      kind === 'List<FieldChange>' ? [{ field: 'clusterId', before: 'clu_1', after: 'clu_2' }] : kind.startsWith('List<') ? ['one_1', 'two_2'] : kind === 'boolean' ? true : /^(int|long)$/.test(kind) ? 2 : kind === 'Glass' ? { session: 'BG-7' } : `${name}_1`,
    ]),
  )
}

it('says why a session did not let something pass, in words', () => {
  const refused = sentence('breakglass-refused', { glass: { session: 'BG-2' }, action: 'release.deploy', resource: 'payments/staging', code: 'outside-session-scope' })
  expect(plainSentence(refused)).toBe('Was refused release.deploy on payments/staging in BG-2: that is outside its scope')
  expect(plainSentence(sentence('breakglass-ended', { glass: { session: 'BG-2' }, cause: 'permission-taken' }))).toBe('BG-2 ended: its owner lost the permission')
})

describe('sentence', () => {
  it('finds the kinds of entries in the core', () => {
    expect(kinds.length).toBeGreaterThan(80)
    expect(kinds.map((one) => one.type)).toContain('vote-cast')
  })
  it.each(kinds.map((one) => [one.type, one] as const))('tells %s in words of its own', (type, kind) => {
    expect(knownTypes).toContain(type)
    const words = plainSentence(sentence(type, sample(kind.fields)))
    expect(words).not.toMatch(/undefined|\[object|NaN| {2}/)
    expect(words.trim()).toBe(words)
    expect(words.length).toBeGreaterThan(5)
    // Nothing it refers to is left out because of a wrong name.
    expect(words).not.toMatch(/: $|, $|“”/)
  })
  it('copes with fields that are not there', () => {
    for (const type of knownTypes) expect(plainSentence(sentence(type, {}))).not.toMatch(/undefined|\[object|NaN/)
  })
  it('names people, teams and places by their ids, so that the page can show their names', () => {
    expect(sentence('team-member-added', { teamId: 'tea_1', personId: 'per_1' })).toEqual(['Put ', { id: 'per_1' }, ' into the team ', { id: 'tea_1' }])
    expect(plainSentence(sentence('request-approved', { approvers: ['per_1', 'per_2', 'per_3'] }))).toBe('Approved by per_1, per_2 and per_3, and a grant was made')
  })
  it('names people who were told, and says of others what they are', () => {
    const told = { leafIndex: 7, about: 'breakglass-opened' }
    expect(sentence('notification-delivered', { ...told, recipientId: 'per_1', means: 'mail' })[1]).toEqual({ id: 'per_1' })
    expect(plainSentence(sentence('notification-delivered', { ...told, recipientId: 'ntf_1', means: 'webhook' }))).toBe('Told a webhook of the opening (entry 7)')
    expect(plainSentence(sentence('notification-delivered', { ...told, about: 'request-opened', recipientId: 'ntf_1', means: 'webhook' }))).toBe('Told a webhook of an emergency ask (entry 7)')
  })
  it('says whom a caller asked for only where it is somebody else', () => {
    const ask = { action: 'release.deploy', resource: 'environment:env_1', subjectId: 'per_1', callerId: 'per_1' }
    expect(plainSentence(sentence('request-opened', ask))).toBe('Asked for release.deploy on env_1')
    expect(plainSentence(sentence('request-opened', { ...ask, callerId: 'acc_1' }))).toBe('Asked for release.deploy on env_1, for per_1')
  })
  it('shows the fields of a kind it does not know', () => {
    expect(plainSentence(sentence('moon-landed', { crew: 3, ship: 'Eagle', parts: ['a'] }))).toBe('Moon landed: crew 3, ship Eagle')
    expect(typeWords('vote-cast')).toBe('Vote cast')
  })
  it('keeps what people wrote as text', () => {
    expect(sentence('vote-cast', { vote: 'approve', note: '<b>fine</b>' })).toEqual(['Approved', ': “<b>fine</b>”'])
  })
})
