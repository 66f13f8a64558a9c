// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Lines } from './change/Lines'
import { Quote } from './Quote'

const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script> safe\u202edetrevni'
const show = (node: React.ReactNode) => render(<MantineProvider>{node}</MantineProvider>)

describe('texts of somebody else', () => {
  it('never become markup, and say what would not be seen', () => {
    const { container } = show(<Quote>{hostile}</Quote>)
    expect(container.querySelector('img, script')).toBeNull()
    expect(container.querySelector('blockquote')?.textContent).toContain('<img src=x onerror="alert(1)">')
    expect(container.textContent).toContain('⟦U+202E⟧')
    expect(container.textContent).not.toContain('\u202e')
    expect(screen.getByText(/1 character in this text hides or passes for another; it is marked/)).toBeTruthy()
  })
  it('fold when they are long, and unfold', () => {
    show(<Quote>{'word '.repeat(800)}</Quote>)
    const button = screen.getByRole('button', { name: 'Show all 4,000 characters' })
    expect(button.getAttribute('aria-expanded')).toBe('false')
    fireEvent.click(button)
    expect(screen.getByRole('button', { name: 'Show less' })).toBeTruthy()
  })
  it('are text in lines of code as well, with the changed word marked', () => {
    const { container } = show(
      <Lines
        label="test"
        lines={[{ kind: 'added', newLine: 3, text: 'a: <b>6</b> ⟦U+200B⟧', changed: [{ from: 6, to: 7 }], continued: false }]}
      />,
    )
    expect(container.querySelector('b')).toBeNull()
    expect(container.querySelector('mark')?.textContent).toBe('6')
    expect(container.textContent).toContain('added: ')
    expect(container.querySelector('[title="a character that would not be seen, or passes for another"]')?.textContent).toBe('⟦U+200B⟧')
  })
})
