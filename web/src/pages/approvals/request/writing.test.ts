// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { composeDenial, readDenial, stepsOf } from './denial'
import { readDraft, writeDraft } from './draft'
import { jane, mara, noor, requestOf, voteOf } from './fixture'
import { happened } from './news'

describe('a rejection', () => {
  it('says why and the way forward in one note, and is read back', () => {
    const note = composeDenial('Too wide.', '1. Bind less\n- Drop hostNetwork\n\nAsk again')
    expect(note).toBe('Too wide.\n\nTo be approved:\n1. Bind less\n2. Drop hostNetwork\n3. Ask again')
    expect(readDenial(note)).toEqual({ why: 'Too wide.', steps: ['Bind less', 'Drop hostNetwork', 'Ask again'] })
  })
  it('is shown as it is when it was written elsewhere', () => {
    expect(readDenial('Not today,\n1. never')).toEqual({ why: 'Not today,\n1. never', steps: [] })
  })
  it('keeps numbers that belong to a step', () => {
    expect(stepsOf('3 replicas at most\n2) 10.0.0.0/8 only')).toEqual(['3 replicas at most', '10.0.0.0/8 only'])
  })
})

describe('a draft', () => {
  beforeEach(() => window.sessionStorage.clear())
  it('is kept by person and request, and goes when it is empty', () => {
    writeDraft('p_mara', 'r_1', { note: 'half', risk: '', why: '', way: '', followUps: [] })
    expect(readDraft('p_mara', 'r_1').note).toBe('half')
    expect(readDraft('p_noor', 'r_1').note).toBe('')
    expect(readDraft('p_mara', 'r_2').note).toBe('')
    writeDraft('p_mara', 'r_1', { note: '', risk: '', why: '', way: '', followUps: [] })
    expect(window.sessionStorage.length).toBe(0)
  })
  it('survives what is no draft', () => {
    window.sessionStorage.setItem('countersign.draft.p_mara.r_1', '{"note":7,"followUps":"x"')
    expect(readDraft('p_mara', 'r_1')).toEqual({ note: '', risk: '', why: '', way: '', followUps: [] })
  })
})

describe('what happened while one reads', () => {
  const before = { id: 'r_1', state: 'pending', digest: requestOf().payloadDigest, votes: ['v_p_mara'] }
  it('tells the votes of others, never one’s own', () => {
    const now = requestOf({ votes: [voteOf(mara, 'approve'), voteOf(noor, 'approve'), voteOf(jane, 'approve')] })
    expect(happened(before, now, jane.id)).toEqual(['Noor Haddad approved while you read.'])
  })
  it('tells the end and another change', () => {
    const now = requestOf({ state: 'expired', payloadDigest: 'sha256:1', votes: [voteOf(mara, 'approve', { endedAt: '2026-11-27T13:30:00Z' })] })
    expect(happened(before, now, jane.id)).toEqual([
      'The vote of Mara Lindqvist does not count any more.',
      'The change was replaced while you read.',
      'It is expired now.',
    ])
  })
})
