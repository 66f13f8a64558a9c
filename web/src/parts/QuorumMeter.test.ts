import { describe, expect, it } from 'vitest'
import { fewSlots } from './QuorumMeter'

const labels = (slots: Parameters<typeof fewSlots>[0]) => fewSlots(slots).shown.map((slot) => slot.label)

describe('signature lines in a row', () => {
  it('put yours first, then what nobody can fill, and count the rest', () => {
    const slots = [{ label: 'Security' }, { label: 'Finance', impossible: true }, { label: 'Security or Site reliability', mine: true }, { label: 'Tech lead' }]
    expect(labels(slots)).toEqual(['Security or Site reliability', 'Finance'])
    expect(fewSlots(slots).more).toBe(2)
  })
  it('show three when all three are short', () => {
    const slots = [{ label: 'SRE' }, { label: 'Security' }, { label: 'Platform' }]
    expect(labels(slots)).toEqual(['SRE', 'Security', 'Platform'])
    expect(fewSlots(slots).more).toBe(0)
  })
  it('keep what fits as it is', () => {
    expect(labels([{ label: 'SRE' }, { label: 'Security' }])).toEqual(['SRE', 'Security'])
  })
})
