/**
 * Text in which nothing can hide: what would be invisible, would change the direction of reading, or passes for a Latin letter
 * beside it is written as a mark such as ⟦U+202E⟧, nearly as the server does in payloads. A text cannot write a mark itself,
 * because its own brackets of this kind are marked too.
 */
export interface Piece {
  text: string
  /** It stands for a character that would not be seen, or not be told from another. */
  mark: boolean
}

/** Line breaks, tabs and the spaces of prose that only keep words together. */
const KEPT = new Set(['\n', '\t', ' ', '\u00a0', '\u202f'])
const hiding =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}⟦⟧]/u
const word = /[\p{L}\p{N}]+/gu
const latin = /\p{Script=Latin}/u
const looksLatin =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}\p{Script=Deseret}]/u
const pictograph = /\p{Extended_Pictographic}|\p{Emoji_Modifier}/u
const MARK = /⟦(?:U\+[0-9A-F]{4,6}|0x[0-9A-F]{2}|ESC|CR|LF)⟧/gu

/** What is drawn together with an emoji before it: the joiner and the selector of its colourful form. */
function partOfEmoji(letter: string, before: string): boolean {
  return (letter === '\u200d' || letter === '\ufe0f') && (pictograph.test(before) || before === '\ufe0f')
}

function mark(letter: string): string {
  return `⟦U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟧`
}

/** Where in the text a letter of another script stands within a Latin word. */
function lookalikes(text: string): Set<number> {
  const found = new Set<number>()
  for (const { 0: letters, index } of text.matchAll(word)) {
    if (!latin.test(letters) || !looksLatin.test(letters)) continue
    let at = index
    for (const letter of letters) {
      if (looksLatin.test(letter)) found.add(at)
      at += letter.length
    }
  }
  return found
}

/** The text in pieces, with a mark for everything that hides or passes for something else. */
export function visible(text: string): Piece[] {
  const pieces: Piece[] = []
  const lines = text.replace(/\r\n/g, '\n')
  const posing = lookalikes(lines)
  let plain = ''
  let before = ''
  let at = 0
  for (const letter of lines) {
    const seen = KEPT.has(letter) || !hiding.test(letter) || partOfEmoji(letter, before)
    if (seen && !posing.has(at)) {
      plain += letter
    } else {
      if (plain) pieces.push({ text: plain, mark: false })
      plain = ''
      pieces.push({ text: mark(letter), mark: true })
    }
    before = letter
    at += letter.length
  }
  if (plain) pieces.push({ text: plain, mark: false })
  return pieces
}

/** The pieces of a text that the server has marked already. */
export function marked(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const found of text.matchAll(MARK)) {
    if (found.index > at) pieces.push({ text: text.slice(at, found.index), mark: false })
    pieces.push({ text: found[0], mark: true })
    at = found.index + found[0].length
  }
  if (at < text.length) pieces.push({ text: text.slice(at), mark: false })
  return pieces
}

/** How many characters of a text are marked. */
export function marksIn(text: string): number {
  return visible(text).filter((piece) => piece.mark).length
}
