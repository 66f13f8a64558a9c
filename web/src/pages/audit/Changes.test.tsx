// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Changes } from './Changes'

const rows = (changes: unknown) =>
  [...render(<MantineProvider><Changes of={changes} /></MantineProvider>).container.querySelectorAll('dl > div')].map((row) => [
    row.querySelector('dt')?.textContent,
    row.querySelector('dd')?.textContent,
  ])

it('shows what an edit changed, before and after', () => {
  expect(
    rows([
      { field: 'name', before: 'Ann', after: 'Ann B.' },
      { field: 'email', after: '<b>ann</b>@example.org' },
      'tier: STAGING -> PRODUCTION',
    ]),
  ).toEqual([
    ['Name', 'Ann → Ann B.'],
    ['Email', 'none → <b>ann</b>@example.org'],
    ['Tier', 'STAGING → PRODUCTION'],
  ])
  expect(rows(undefined)).toEqual([])
})
