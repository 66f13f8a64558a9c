import { Button } from '@mantine/core'
import { Problem } from '~/api/client'
import { Marked } from './Marked'
import { Note } from './Note'
import { spokenDurations } from './time'

interface ProblemNoteProps {
  error: unknown
  /** What was tried, for the sentence: "The list could not be loaded." */
  what?: string
  retry?: (() => void) | undefined
}

/** An error in the server's words, with its remedy, its id to look up, and a way on. */
export function ProblemNote({ error, what, retry }: ProblemNoteProps) {
  const problem = error instanceof Problem ? error : Problem.unreachable()
  // How programs sign in is told by the server; people are asked for their password over the page.
  const signedOut = problem.code === 'sign-in-required'
  const sentence = signedOut ? 'Your sign-in has ended' : `${problem.message.charAt(0).toUpperCase()}${problem.message.slice(1)}`
  // What is said about a field needs no looking up in the server's log.
  const aboutFields = problem.status === 400 && problem.violations.some((one) => one.field !== undefined)
  return (
    <Note tone="bad" title={what} alert>
      <Marked>{spokenDurations(sentence)}</Marked>
      {/[.!?]$/.test(sentence) ? '' : '.'}
      {problem.violations.some((one) => one.message !== problem.message) ? (
        <ul style={{ margin: '4px 0 0', paddingInlineStart: 18 }}>
          {problem.violations.map((one, at) => (
            <li key={at}>
              {one.field ? <code>{one.field}</code> : null} <Marked>{spokenDurations(one.message ?? '')}</Marked>
            </li>
          ))}
        </ul>
      ) : null}
      {problem.remedy && !signedOut ? (
        <div>
          <Marked>{`${problem.remedy.charAt(0).toUpperCase()}${problem.remedy.slice(1)}.`}</Marked>
        </div>
      ) : null}
      {problem.requestId && !aboutFields && !signedOut ? (
        <div>
          <code>request id {problem.requestId}</code>
        </div>
      ) : null}
      {retry ? (
        <Button variant="default" size="xs" mt={6} onClick={retry}>
          Try again
        </Button>
      ) : null}
    </Note>
  )
}
