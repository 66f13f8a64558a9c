import { expect, test } from 'vitest'
import { Problem } from '~/api/client'
import { whatIsMissing } from './missing'

const missing = (code: string, detail: string) => whatIsMissing(new Problem(404, { code, detail }))

test('what is not there is called as the console calls it, with the way to its list', () => {
  expect(missing('template-not-found', 'there is no template `nope`')).toEqual({ sentence: 'There is no policy “nope”.', to: '/approval-policies', all: 'All policies' })
  expect(missing('request-not-found', 'there is no approval request `AR-999`')).toEqual({ sentence: 'There is no AR-999.', to: '/approvals', all: 'All approvals' })
})

test('of what has no list the server’s words are kept', () => {
  expect(missing('grant-not-found', 'there is no grant `g1`').sentence).toBe('There is no grant “g1”.')
})
