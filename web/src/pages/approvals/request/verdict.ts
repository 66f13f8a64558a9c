import { beganAtOnce } from '~/parts/requests'
import { duration } from '~/ui/time'
import type { Detail } from './shape'
import { count, joined, sentence } from './words'

/** The sentence that says it all: what is bold, and what follows. */
export interface Verdict {
  bold: string
  rest: string
}

/** How a request stands, for one reader, in one bold sentence and one more. */
export function verdict(request: Detail, me: string): Verdict {
  if (request.breakGlass) return bypassed(request)
  if (beganAtOnce(request)) return { bold: `${approved(request)}.`, rest: 'The session began with the approval; nothing is left to be run.' }
  switch (request.state) {
    case 'pending':
      return pending(request)
    case 'approved':
      return {
        bold: `${approved(request)}.`,
        rest:
          request.subject.id === me
            ? 'Nothing has run yet. Run it as it was approved; the approval works once.'
            : 'Nothing has run yet. The approval works once, for exactly this change.',
      }
    case 'executing':
      return request.execution?.outcomeUnknown
        ? {
            bold: 'Nobody has told how it went.',
            rest: `${request.execution.redeemer.name} started it as approved and has not reported since.`,
          }
        : {
            bold: `${approved(request)}, and running now.`,
            rest: request.execution ? `Started as approved by ${request.execution.redeemer.name}.` : '',
          }
    case 'executed':
      return executed(request)
    case 'denied':
      return denied(request, me)
    case 'expired':
      return { bold: 'Nobody decided in time.', rest: `${expiredRest(request)} Nothing was executed.` }
    case 'cancelled':
      return request.successor
        ? { bold: `Replaced by ${request.successor}.`, rest: 'Approvals given here do not count there. Nothing was executed.' }
        : {
            bold: request.endedBy ? `Given up by ${name(request.endedBy.id, request.endedBy.name, me)}.` : 'Given up.',
            rest: 'Nothing was executed.',
          }
    case 'grant-expired':
      return { bold: `${approved(request)}, and never used.`, rest: 'The approval has run out. Nothing was executed.' }
    case 'revoked':
      if (request.successor) {
        return { bold: `Approved, then replaced by ${request.successor}.`, rest: 'Approvals given here do not count there. Nothing was executed.' }
      }
      return {
        bold: request.endedBy
          ? `Approved, then taken back by ${name(request.endedBy.id, request.endedBy.name, me)}.`
          : 'Approved, then taken back.',
        rest: 'Nothing was executed.',
      }
    default:
      return { bold: sentence(request.state.replaceAll('-', ' ')), rest: '' }
  }
}

function name(id: string, words: string, me: string): string {
  return id === me ? 'you' : words
}

function pending(request: Detail): Verdict {
  const yours = standing(request)
  if (request.unsatisfiableSince) {
    const unmet = request.requirements.filter((one) => one.unsatisfiable).map((one) => one.name)
    return {
      bold: 'Cannot be met as people and rules are now.',
      rest: unmet.length > 0 ? `Too few people can approve for ${joined(unmet)}.` : yours,
    }
  }
  return { bold: request.missing ? `Waiting for ${request.missing.replace(/ missing$/, '')}.` : 'Waiting.', rest: yours }
}

/** Whether the reader can approve, and why. */
export function standing(request: Detail): string {
  const { title, detail } = request.why
  // Who is missing stands in the bold sentence already.
  if (!detail || detail.startsWith('waiting for ')) return sentence(title)
  return `${title}${detail.startsWith('as ') ? ' ' : ': '}${detail.charAt(0).toLowerCase()}${sentence(detail).slice(1)}`
}

function lacking(request: Detail): string[] {
  return [...new Set(request.requirements.filter((one) => !one.met).flatMap((one) => one.missing))]
}

function bypassed(request: Detail): Verdict {
  const passed = request.requirements.filter((one) => one.bypassed)
  const over = passed.length > 0 ? `Session ${request.breakGlass?.session} passed over ${joined(passed.map((one) => one.name))}.` : `By session ${request.breakGlass?.session}.`
  const result = request.outcome?.result
  const how =
    result === 'succeeded'
      ? 'It succeeded.'
      : result === 'failed'
        ? 'It failed.'
        : request.execution
          ? 'How it went is not reported yet.'
          : request.state === 'approved'
            ? 'Nothing has run yet.'
            : 'Nothing was executed.'
  return { bold: 'Permitted by break-glass. Nobody approved this.', rest: `${over} ${how}` }
}

function approvers(request: Detail): number {
  return new Set(request.votes.filter((vote) => vote.vote === 'approve' && !vote.endedAt).map((vote) => vote.person.id)).size
}

function approved(request: Detail): string {
  const by = approvers(request)
  const millis = request.grant ? Date.parse(request.grant.madeAt) - Date.parse(request.openedAt) : undefined
  const took = millis === undefined ? '' : millis < 1000 ? ' at once' : ` in ${duration(millis)}`
  return by === 0 ? `Approved${took}` : `Approved by ${count(by, 'person', 'people')}${took}`
}

function executed(request: Detail): Verdict {
  switch (request.outcome?.result) {
    case 'succeeded':
      return {
        bold: `${approved(request)}, then executed as approved.`,
        rest: 'The approval is used up; nothing more can be done with it.',
      }
    case 'failed':
      return {
        bold: `${approved(request)}, but the execution failed.`,
        rest: 'The approval is used up. To try again takes a new request.',
      }
    default:
      return {
        bold: `${approved(request)}, then started; how it went was not reported.`,
        rest: 'The approval is used up; nothing more can be done with it.',
      }
  }
}

function denied(request: Detail, me: string): Verdict {
  const vote = request.votes.find((one) => one.vote === 'deny' && !one.endedAt) ?? request.votes.find((one) => one.vote === 'deny')
  const by = request.endedBy ?? vote?.person
  const at = request.endedAt ?? vote?.at
  const after = at ? ` after ${duration(Date.parse(at) - Date.parse(request.openedAt))}` : ''
  return {
    bold: by ? `Rejected by ${name(by.id, by.name, me)}${after}.` : `Rejected${after}.`,
    rest: `Nothing was executed.${request.subject.id === me ? ' Mend what is named below and ask again.' : ''}`,
  }
}

function expiredRest(request: Detail): string {
  const by = approvers(request)
  if (by === 0) return 'Nobody had approved.'
  const lacks = lacking(request)
  return `${count(by, 'person', 'people')} had approved${lacks.length > 0 ? `; missing was ${joined(lacks)}` : ''}.`
}
