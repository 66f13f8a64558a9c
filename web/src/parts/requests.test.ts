import { describe, expect, it } from 'vitest'
import { badgeOf, nextStep, sheetOf, titleParts, titleText, urgent, verdictOf } from './requests'
import { aRow } from './requests.fixture'

const bob = { id: 'p2', handle: 'bob', name: 'Bob', kind: 'person' }

describe('a request in a list', () => {
  it('says what happens to what, with the object apart', () => {
    const row = aRow({ title: 'Deploy api v2 to production', titleObject: 'api v2' })
    expect(titleParts(row)).toEqual({ before: 'Deploy ', object: 'api v2', after: ' to production' })
    expect(titleText(row)).toBe('Deploy api v2 to production')
  })
  it('finds the object behind the verb, and leaves a title without it whole', () => {
    expect(titleParts(aRow({ title: 'Sync Sync with Git', titleObject: 'Sync' })).before).toBe('Sync ')
    expect(titleParts(aRow({ title: 'Change controls', titleObject: 'other' }))).toEqual({ before: 'Change controls', object: '', after: '' })
  })
  it('shows whose approvals count and which lines are empty', () => {
    const sheet = sheetOf(
      aRow({
        signed: [bob],
        approvals: 1,
        needed: 2,
        slots: [{ label: 'SRE', kind: 'team', mine: true, impossible: false }],
        missing: 'SRE missing',
      }),
    )
    expect(sheet.signatures.map((one) => one.name)).toEqual(['Bob'])
    expect(sheet.slots).toHaveLength(1)
    expect([sheet.bold, sheet.words]).toEqual(['1 of 2', 'SRE missing'])
  })
  it('shows who rejected it, with a cross, and no empty line', () => {
    const sheet = sheetOf(aRow({ state: 'denied', rejectedBy: bob, signed: [], slots: [] }))
    expect(sheet.signatures).toEqual([{ id: 'p2', name: 'Bob', kind: 'person', denied: true }])
    expect([sheet.bold, sheet.words]).toEqual(['Rejected', 'by Bob'])
  })
  it('calls nothing approved that passed by break-glass', () => {
    const row = aRow({ state: 'approved', breakGlass: { sessionId: 's1', session: 'BG-2' }, signed: [], approvals: 0, needed: 0 })
    expect(badgeOf(row)).toBe('break-glass')
    expect([sheetOf(row).bold, sheetOf(row).words]).toEqual(['BG-2', 'nobody approved this'])
    expect(nextStep(row)).toBe('Permitted by BG-2. Run it now: its grant works once.')
    expect(nextStep({ ...row, state: 'executed', result: 'succeeded' })).toBe('Ran in BG-2; nobody approved it.')
  })
  it('says of an opening that it began, also when its grant has run out', () => {
    const opening = aRow({ state: 'grant-expired', action: { id: 'breakglass.initiate', title: 'Break-glass initiate', risk: 'critical', emergency: false } })
    expect(badgeOf(opening)).toBe('approved')
    expect(nextStep(opening)).toBe('Approved, and the session began with it.')
  })
  it('says whether you can approve, and how that is drawn', () => {
    const why = (code: string) => ({ code, title: 'T', detail: 'D' })
    expect(verdictOf(aRow({ why: why('can-approve') })).tone).toBe('yours')
    expect(verdictOf(aRow({ canApprove: false, why: why('requester') })).tone).toBe('locked')
    expect(verdictOf(aRow({ canApprove: false, why: why('cannot-be-met') })).tone).toBe('impossible')
    expect(verdictOf(aRow({ canApprove: false, state: 'executed', why: why('not-pending') })).tone).toBe('over')
  })
  it('is urgent only in its last hour', () => {
    const now = Date.parse('2026-11-29T12:00:00Z')
    expect(urgent('2026-11-29T12:59:59Z', now)).toBe(true)
    expect(urgent('2026-11-29T13:00:00Z', now)).toBe(false)
    expect(urgent('2026-11-29T11:59:00Z', now)).toBe(false)
  })
  it('tells the requester what comes next in every state', () => {
    for (const state of ['pending', 'approved', 'executing', 'executed', 'denied', 'expired', 'grant-expired', 'revoked', 'cancelled']) {
      expect(nextStep(aRow({ state })), state).not.toBe('')
    }
    expect(nextStep(aRow({ state: 'denied', rejectedBy: bob }))).toMatch(/^Bob rejected it/)
  })
  it('shows of what was executed how it went', () => {
    expect(badgeOf(aRow({ state: 'executed', result: 'failed' }))).toBe('failed')
    expect(badgeOf(aRow({ state: 'executing', result: 'unknown' }))).toBe('outcome-unknown')
    expect(badgeOf(aRow({ state: 'denied' }))).toBe('denied')
  })
})
