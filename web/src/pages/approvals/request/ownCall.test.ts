import { describe, expect, it } from 'vitest'
import { ownCallOf } from './ownCall'

describe('a call that was approved', () => {
  it('is read back byte for byte', () => {
    expect(ownCallOf('POST /api/v1/templates\n\n{"name": "Ü\n\nx"}')).toEqual({ method: 'POST', path: '/api/v1/templates', body: '{"name": "Ü\n\nx"}' })
    expect(ownCallOf('PUT /api/v1/templates/apt_1?force=a%20b\nIf-Match: "3"\n\n{}')).toEqual({
      method: 'PUT',
      path: '/api/v1/templates/apt_1?force=a%20b',
      ifMatch: '"3"',
      body: '{}',
    })
    expect(ownCallOf('DELETE /api/v1/projects/x\n\n')).toEqual({ method: 'DELETE', path: '/api/v1/projects/x', body: '' })
  })

  it('is none where the payload is something else, elsewhere, or tells an effect', () => {
    for (const other of ['', 'replicas: 3\n\n', 'GET /api/v1/me\n\n', 'POST //evil.example/x\n\n', 'POST https://evil.example/api/v1/x\n\n', 'POST /api/v1/declarations\n\nx']) {
      expect(ownCallOf(other)).toBeUndefined()
    }
  })
})
