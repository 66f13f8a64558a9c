import { describe, expect, it } from 'vitest'
import { asTree } from './tree'

const team = (id: string, parentId?: string) => ({ id, name: id, parentId })
const drawn = (...teams: Array<ReturnType<typeof team>>) => asTree(teams).map((one) => `${'-'.repeat(one.depth)}${one.node.id}`)

describe('asTree', () => {
  it('puts teams below their parents, by name', () => {
    expect(drawn(team('sre', 'platform'), team('platform'), team('data'), team('dba', 'sre'))).toEqual(['data', 'platform', '-sre', '--dba'])
  })
  it('keeps what stands below something that is not there', () => {
    expect(drawn(team('lost', 'gone'))).toEqual(['lost'])
  })
})
