/** A rejection says why and how to go on; both travel in one note, so that every client shows them. */
export interface Denial {
  why: string
  /** What to do to be approved, one step each. */
  steps: string[]
}

const HEAD = 'To be approved:'

/** The note of a rejection. */
export function composeDenial(why: string, way: string): string {
  const steps = stepsOf(way)
  const list = steps.map((step, at) => `${at + 1}. ${step}`).join('\n')
  return [why.trim(), list ? `${HEAD}\n${list}` : ''].filter(Boolean).join('\n\n')
}

/** The steps of a text: one a line, without the numbers or dashes people write before them. */
export function stepsOf(way: string): string[] {
  return way
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\d{1,2}[.)]|[-*•])\s+/, '').trim())
    .filter((line) => line !== '')
}

/** What a note of a rejection says; one written elsewhere may have no steps. */
export function readDenial(note: string): Denial {
  const lines = note.split(/\r?\n/)
  const head = lines.findIndex((line) => line.trim().toLowerCase() === HEAD.toLowerCase())
  if (head >= 0) {
    return { why: lines.slice(0, head).join('\n').trim(), steps: stepsOf(lines.slice(head + 1).join('\n')) }
  }
  return { why: note.trim(), steps: [] }
}
