import { describe, expect, it } from 'vitest'
import { throughWords } from './Approvable'

describe('throughWords', () => {
  it('says on what eligibility rests', () => {
    expect(throughWords([{ kind: 'person', name: 'Bob' }])).toBe('by name')
    expect(throughWords([{ kind: 'person', name: 'Bob' }, { kind: 'team', name: 'SRE' }, { kind: 'role', name: 'Admin' }])).toBe(
      'by name, through team SRE and through role Admin',
    )
  })
})
