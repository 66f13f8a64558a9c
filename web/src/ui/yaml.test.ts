import { describe, expect, it } from 'vitest'
import { yaml } from './yaml'

describe('plain data as YAML', () => {
  it('writes trees, lists of trees and short lists', () => {
    expect(
      yaml({
        countersign: 'v1',
        templates: [{ name: 'Off hours', scope: ['environment'], quorum: { minApprovals: 2 }, conditions: { schedules: [{ weekdays: ['monday'], startHour: 18 }, {}] } }],
        bindings: [],
      }),
    ).toBe(
      [
        'countersign: v1',
        'templates:',
        '  - name: Off hours',
        '    scope: [environment]',
        '    quorum:',
        '      minApprovals: 2',
        '    conditions:',
        '      schedules:',
        '        - weekdays: [monday]',
        '          startHour: 18',
        '        - {}',
        'bindings: []',
        '',
      ].join('\n'),
    )
  })
  it('quotes what would be read as something else', () => {
    expect(yaml({ a: 'yes', b: '12', c: 'x: y', d: '', e: 'line\nbreak', f: true, g: 3, h: '- x', i: '*/production' })).toBe(
      'a: "yes"\nb: "12"\nc: "x: y"\nd: ""\ne: "line\\nbreak"\nf: true\ng: 3\nh: "- x"\ni: "*/production"\n',
    )
    expect(yaml({ n: 'null', 'odd key:': 'a ' })).toBe('"n": "null"\n"odd key:": "a "\n')
  })
})
