// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { OutcomeLinks } from './OutcomeLinks'

describe('what an outcome points to', () => {
  it('is a link where it leads to the web, and text where it does not', () => {
    const { container } = render(
      <OutcomeLinks link="https://ci.example/run/8812" artifacts={['javascript:alert(1)', '<img src=x onerror="alert(2)">', 'rollout\u202e.log']} />,
    )
    expect(screen.getAllByRole('link').map((one) => one.getAttribute('href'))).toEqual(['https://ci.example/run/8812'])
    expect(container.querySelector('img')).toBeNull()
    expect(container.textContent).toContain('rollout⟦U+202E⟧.log')
  })
  it('is nothing where nothing was said', () => {
    expect(render(<OutcomeLinks artifacts={[]} />).container.innerHTML).toBe('')
  })
})
