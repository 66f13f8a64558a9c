import { expect, test } from 'vitest'
import { numberFault } from './numbers'

const asks = { min: 1, max: 100_000 }

test('a number within its bounds is taken', () => {
  for (const typed of [1, 100_000, '12']) expect(numberFault(typed, asks)).toBeUndefined()
  expect(numberFault(0.5, { min: 0.001, max: 64, parts: true })).toBeUndefined()
})

test('what is out of bounds, no whole number or nothing at all names the bounds', () => {
  for (const typed of [0, -5, 100_001, 1.5, '', '-']) expect(numberFault(typed, asks)).toBe('Give a whole number from 1 to 100,000.')
  expect(numberFault(-5, { min: 0.001, max: 64, parts: true })).toBe('Give a number from 0.001 to 64.')
  expect(numberFault(0, { min: 1 })).toBe('Give a whole number of at least 1.')
})

test('only what may be left out is taken empty', () => {
  expect(numberFault('', { ...asks, optional: true })).toBeUndefined()
})
