import { describe, expect, it } from 'vitest'
import { changedLine, cliLines, curlLines, shellWord } from './asking'

describe('the lines of an ask', () => {
  it('are taken by a shell as they are', () => {
    expect(shellWord('payments/production')).toBe('payments/production')
    expect(shellWord("it's $HOME")).toBe(`'it'\\''s $HOME'`)
    expect(cliLines('https://c.example', 'ann', 'pay ments/production')).toContain(`-R 'pay ments/production'`)
    const curl = curlLines('https://c.example', "o'x/production")
    expect(curl).toContain('https://c.example/api/v1/asks')
    expect(curl).toContain(`"id":"o'\\''x/production"`)
  })
  it('name a thing as the command line reads it', () => {
    expect(changedLine('release.deploy', { type: 'environment', name: 'payments/production' })).toBe('countersign ask -a release.deploy -R payments/production -p FILE -r "what has changed"')
    expect(changedLine('project.delete', { type: 'project', name: 'pay ments' })).toContain("-R 'project:pay ments'")
    expect(changedLine('role.change', { type: 'organization', name: 'Acme' })).toContain('-R organization ')
  })
})
