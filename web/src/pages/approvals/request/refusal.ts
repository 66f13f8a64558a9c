import { Problem } from '~/api/client'
import type { Tone } from '~/ui/Note'
import { sentence } from './words'

/** A refused vote: what happened in one sentence, the server's words, and the way on. */
export interface Refused {
  tone: Tone
  title: string
  words: string
  /** The request that took its place. */
  successor?: string
  /** Trying the same again may work. */
  again: boolean
  /** It is about the note, and belongs beside it. */
  ofNote: boolean
}

/** What a refusal of a vote means for who voted. */
export function refused(error: unknown, vote: 'approve' | 'deny'): Refused {
  const problem = error instanceof Problem ? error : Problem.unreachable()
  const nothing = vote === 'approve' ? 'Nothing was approved.' : 'Nothing was rejected.'
  const words = [sentence(problem.message), problem.remedy ? sentence(problem.remedy) : ''].filter(Boolean).join(' ')
  const base = { words, again: false, ofNote: false }
  switch (problem.code) {
    case 'already-reviewed':
      return { ...base, tone: 'info', title: 'You have voted on this already, perhaps in another tab.' }
    case 'not-pending':
      return { ...base, tone: 'replaced', title: `It was decided or ended while you read. ${nothing}` }
    case 'payload-changed':
      return {
        ...base,
        tone: 'replaced',
        title: `The change was replaced while you read. ${nothing}`,
        successor: /\bAR-\d+\b(?!.*\bAR-\d+\b)/.exec(`${problem.message} ${problem.remedy ?? ''}`)?.[0],
      }
    case 'not-eligible':
      return { ...base, tone: 'bad', title: 'Your vote does not count here.' }
    case 'note-required':
      return { ...base, tone: 'bad', title: 'A note is needed.', ofNote: true }
    case 'too-long':
      return { ...base, tone: 'bad', title: 'The note is too long.', ofNote: true }
    case 'sign-in-too-old':
      return { ...base, tone: 'pending', title: 'Your password is needed once more.', words: 'What is critical takes a sign-in of the last minutes.' }
    case 'wrong-password':
      return { ...base, tone: 'bad', title: 'That is not your password.' }
    case 'session-required':
      return { ...base, tone: 'bad', title: nothing }
    case 'request-not-found':
      return { ...base, tone: 'replaced', title: `It is not there any more. ${nothing}` }
    case 'unreachable':
      return { ...base, tone: 'bad', title: 'The server did not answer. Your note is kept.', words: 'Trying again counts once, even if the first try arrived.', again: true }
    case 'sign-in-required':
      return { ...base, tone: 'bad', title: `Your sign-in had ended. ${nothing}`, words: 'Your note is kept.', again: true }
    default:
      return {
        ...base,
        tone: 'bad',
        title: nothing,
        words: problem.violations.length > 0 ? problem.violations.map((one) => sentence(one.message ?? '')).join(' ') : words,
        again: problem.status >= 500 || problem.status === 401 || problem.status === 429,
        ofNote: problem.violations.some((one) => one.field === 'note'),
      }
  }
}
