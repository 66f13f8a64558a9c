import { expect, test } from 'vitest'
import { followedHandle, handleOf } from './handle'

test.each([
  ['Site reliability', 'site-reliability'],
  ['  Zoë Åström ', 'zoe-astrom'],
  ['Payments & Ledger (EU)', 'payments-ledger-eu'],
  ['—', ''],
  ['王', ''],
  ['a'.repeat(60), 'a'.repeat(40)],
])('the handle of %s is %s', (name, handle) => {
  expect(handleOf(name)).toBe(handle)
})

test('follows the name until somebody writes another one', () => {
  expect(followedHandle('', '', 'B')).toBe('b')
  expect(followedHandle('b', 'B', 'Bo')).toBe('bo')
  expect(followedHandle('bobby', 'Bo', 'Bob')).toBe('bobby')
})
