import { describe, expect, it } from 'vitest'
import { aRow } from '~/parts/requests.fixture'
import { offerFor, selectionWords, whyAlone, whyNoBulk } from './bulk'

describe('several at once', () => {
  it('is for admins and compliance officers, and says so to others', () => {
    expect(whyNoBulk(['developer'])).toMatch(/^Only admins and compliance officers/)
    expect(whyNoBulk(['developer', 'compliance_officer'])).toBeUndefined()
  })
  it('never takes critical ones, nor what one cannot approve', () => {
    expect(whyAlone(aRow({ risk: 'critical' }))).toMatch(/critical/)
    expect(whyAlone(aRow({ canApprove: false }))).toMatch(/cannot approve/)
    expect(whyAlone(aRow({}))).toBeUndefined()
  })
  it('parts what goes together from what goes alone', () => {
    const offer = offerFor([aRow({ number: 'AR-1' }), aRow({ number: 'AR-2', risk: 'critical' })], ['admin'])
    expect(offer.together.map((row) => row.number)).toEqual(['AR-1'])
    expect(offer.alone.map((one) => one.row.number)).toEqual(['AR-2'])
    expect(offer.refused).toBeUndefined()
  })
  it('is refused beyond fifty, and when nothing is left', () => {
    const many = Array.from({ length: 51 }, (_, at) => aRow({ number: `AR-${at}` }))
    expect(offerFor(many, ['admin']).refused).toBe('At most 50 at once; 51 are selected.')
    expect(offerFor([aRow({ risk: 'critical' })], ['admin']).refused).toBe('None of these can be decided together.')
  })
  it('says what the selected ones have in common', () => {
    const sre = [{ label: 'SRE', kind: 'team', mine: true, impossible: false }]
    expect(selectionWords([aRow({ slots: sre }), aRow({ slots: sre })])).toBe('both medium risk, both need SRE')
    expect(selectionWords([aRow({ slots: sre })])).toBe('medium risk, needs SRE')
    expect(selectionWords([aRow({}), aRow({ risk: 'high' })])).toBe('')
    expect(selectionWords([aRow({}), aRow({ risk: 'critical' })])).toBe('1 is critical, decided one by one')
  })
})
