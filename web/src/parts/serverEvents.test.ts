import { describe, expect, it } from 'vitest'
import { EventReader } from './serverEvents'

describe('a stream of events', () => {
  it('is put together from pieces that end anywhere', () => {
    const reader = new EventReader()
    expect(reader.take('event:progress\nda')).toEqual([])
    expect(reader.take('ta:{"done":1}\n\nevent: result\ndata: a\n')).toEqual([{ name: 'progress', data: '{"done":1}' }])
    expect(reader.take('data: b\n\n: a remark\n\n')).toEqual([{ name: 'result', data: 'a\nb' }])
  })
})
