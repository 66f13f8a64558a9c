import { describe, expect, it } from 'vitest'
import { marksIn, marked, visible } from './visible'

const shown = (text: string) =>
  visible(text)
    .map((piece) => piece.text)
    .join('')

describe('visible text', () => {
  it('leaves what is seen anyway as it is', () => {
    expect(visible('Größe 5 → 6\n\tfür Zürich 東京')).toEqual([{ text: 'Größe 5 → 6\n\tfür Zürich 東京', mark: false }])
  })
  it('marks what turns the direction of reading', () => {
    expect(shown('safe\u202edab')).toBe('safe⟦U+202E⟧dab')
    expect(marksIn('a\u2066b\u2069')).toBe(2)
  })
  it('marks what is not drawn at all', () => {
    expect(shown('pay\u200bments\u0007\u{e0041}')).toBe('pay⟦U+200B⟧ments⟦U+0007⟧⟦U+E0041⟧')
    expect(shown('a\u2003b')).toBe('a⟦U+2003⟧b')
    expect(marksIn('3\u00a0h')).toBe(0)
  })
  it('marks a letter that only looks like the Latin ones beside it', () => {
    expect(shown('p\u0430yments for Москва, Αθήνα and Zürich')).toBe('p⟦U+0430⟧yments for Москва, Αθήνα and Zürich')
    expect(shown('🚀 sco\u0440e')).toBe('🚀 sco⟦U+0440⟧e')
  })
  it('does not let a text write a mark itself', () => {
    expect(shown('⟦U+202E⟧')).toBe('⟦U+27E6⟧U+202E⟦U+27E7⟧')
  })
  it('keeps emoji whole', () => {
    expect(marksIn('👩‍🚀 ❤️ 👍🏽')).toBe(0)
    expect(marksIn('x\u200dy')).toBe(1)
  })
  it('reads carriage return and line feed as one line break', () => {
    expect(shown('a\r\nb\rc')).toBe('a\nb⟦U+000D⟧c')
  })
  it('finds the marks that the server wrote', () => {
    expect(marked('x ⟦U+202E⟧⟦ESC⟧ y').map((piece) => piece.mark)).toEqual([false, true, true, false])
    expect(marked('plain')).toEqual([{ text: 'plain', mark: false }])
  })
})
