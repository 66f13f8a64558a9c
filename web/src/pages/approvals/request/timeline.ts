import { absolute, duration } from '~/ui/time'
import type { TimelineItem, Who } from './shape'
import { count, joined, sentence } from './words'

/** How an entry looks: its icon and colour. */
export type Look =
  | 'asked' | 'held' | 'approved' | 'met' | 'denied' | 'withdrawn' | 'refused' | 'rules' | 'stuck' | 'seen'
  | 'cancelled' | 'expired' | 'reopened' | 'used' | 'done' | 'failed' | 'told' | 'document' | 'glass' | 'follow-up' | 'other'

/** One entry as it is told: who, what he did, in whose words, and what should be known about it. */
export interface Telling {
  look: Look
  who?: Who
  /** What follows the name, or a whole sentence where there is no name. */
  words: string
  quote?: string
  detail?: string
  /** Another request it leads to. */
  request?: string
}

interface Demand {
  name: string
  version?: number
}

/** Names for the ids in an entry. */
export type Names = (id: string) => string

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])
const demands = (value: unknown): string[] =>
  Array.isArray(value) ? (value as Demand[]).map((one) => (one.version ? `${one.name} v${one.version}` : one.name)) : []
const until = (value: unknown): string => absolute(String(value), 'UTC')

/** An entry of the log about a request, in a sentence. */
export function tell(item: TimelineItem, names: Names): Telling[] {
  const entry = item.entry as Record<string, unknown>
  const who = item.actor
  const somebody = (id: unknown): Who =>
    typeof id === 'string' && id !== who.id ? { id, handle: '', name: names(id), kind: 'person' } : who
  switch (item.type) {
    case 'request-opened':
      return opened(entry, somebody(entry.subjectId), names)
    case 'vote-cast': {
      const approves = entry.vote === 'approve'
      const rules = list(entry.requirements).map(names).filter((name, at) => name !== list(entry.requirements)[at])
      return [{
        look: approves ? 'approved' : 'denied',
        who: somebody(entry.personId),
        words: approves ? `approved${rules.length > 0 ? ` for ${joined(rules)}` : ''}` : 'rejected it',
        quote: text(entry.note),
        detail: [text(entry.riskAcknowledged) ? `Risk acknowledged: ${String(entry.riskAcknowledged)}` : '', item.channel === 'web' ? '' : `through ${item.channel}`]
          .filter(Boolean)
          .join(' · ') || undefined,
      }]
    }
    case 'vote-refused':
      return [{ look: 'refused', who: somebody(entry.personId), words: 'tried to vote and was refused', detail: text(entry.why) ? sentence(String(entry.why)) : undefined }]
    case 'vote-withdrawn':
      return [{ look: 'withdrawn', who: somebody(entry.personId), words: 'took the vote back' }]
    case 'vote-struck':
      return [{ look: 'withdrawn', words: `The vote of ${names(String(entry.personId))} was struck`, detail: 'The credential it was cast with was compromised.' }]
    case 'requirements-added':
      return [{ look: 'rules', words: `${count(demands(entry.requirements).length, 'rule')} came to apply: ${joined(demands(entry.requirements))}` }]
    case 'request-unsatisfiable':
      return [{ look: 'stuck', words: 'It cannot be met any more as people and rules are', detail: missing(entry) }]
    case 'request-satisfiable':
      return [{ look: 'rules', words: 'It can be met again' }]
    case 'payload-revealed':
      return [{ look: 'seen', who: somebody(entry.personId), words: `looked at ${count(Number(entry.findings ?? 0), 'covered secret')}` }]
    case 'request-approved': {
      const by = list(entry.approvers)
      return [{
        look: 'met',
        words: 'The last requirement was met',
        detail: `${by.length > 0 ? `Approved by ${joined(by.map(names))}. ` : ''}Usable until ${until(entry.usableUntil)}, one time.`,
      }]
    }
    case 'request-denied':
      return [{ look: 'denied', words: 'That ended the request', detail: 'One rejection by somebody who may approve is enough.' }]
    case 'request-cancelled': {
      const successor = text(entry.successor)
      return [successor
        ? { look: 'cancelled', words: `Another change took its place`, request: successor }
        : { look: 'cancelled', who, words: 'gave the request up' }]
    }
    case 'request-expired':
      return [{ look: 'expired', words: 'Nobody decided in time', detail: `The deadline was ${until(entry.deadline)}.` }]
    case 'request-reopened':
      return [{ look: 'reopened', words: 'Opened again when it was about to be used', detail: `Rules or people had changed. ${missing(entry) ?? ''}`.trim() }]
    case 'grant-expired':
      return [{ look: 'expired', words: 'The approval ran out without being used' }]
    case 'grant-revoked':
      return [{ look: 'cancelled', who: somebody(entry.by), words: 'took the approval back before it was used' }]
    case 'grant-redeemed':
      return [{ look: 'used', who: somebody(entry.callerId), words: 'used the grant; what ran is exactly what was asked for', detail: 'Both have the same digest.' }]
    case 'grant-document-made':
      return [{ look: 'document', who, words: 'took the signed document of the approval' }]
    case 'redemption-refused':
      return [{ look: 'refused', who: somebody(entry.callerId), words: 'tried to use the approval and was refused', detail: text(entry.code) ? sentence(String(entry.code).replaceAll('-', ' ')) : undefined }]
    case 'request-executed':
      return [outcome(entry, who)]
    case 'request-bypassed':
      return [{
        look: 'glass',
        who: somebody(entry.subjectId),
        words: `passed by break-glass ${text(entry.session) ?? ''}; nobody approved this`.replace('  ', ' '),
        quote: text(entry.justification),
        detail: `${text(entry.incident) ? `Incident ${String(entry.incident)}. ` : ''}Bypassed: ${joined(demands(entry.bypassed)) || 'nothing'}.`,
      }]
    case 'follow-up-made':
      return [{
        look: 'follow-up',
        who,
        words: `asked ${names(String(entry.ownerId))} for something to be done by ${String(entry.dueOn)}`,
        quote: text(entry.text),
      }]
    case 'follow-up-done':
      return [{ look: 'follow-up', who: somebody(entry.personId), words: 'noted a follow-up as done', quote: text(entry.note) }]
    case 'reminder-asked': {
      const to = list(entry.addressees)
      return [{ look: 'told', who: somebody(entry.personId), words: `reminded ${to.length > 4 ? count(to.length, 'person', 'people') : joined(to.map(names)) || 'who is missing'}` }]
    }
    default:
      return [other(item, entry, who)]
  }
}

function opened(entry: Record<string, unknown>, subject: Who, names: Names): Telling[] {
  const rules = demands(entry.requirements)
  const bypassed = list(entry.bypassed)
  const caller = text(entry.callerId)
  const former = text(entry.supersedes)
  const again = text(entry.resubmits)
  const time = text(entry.deadline)
  return [
    {
      look: 'held',
      words: `Held by ${count(rules.length, 'rule')}: ${joined(rules)}`,
      detail: [
        time ? `To be decided by ${until(time)}.` : '',
        bypassed.length > 0 ? `Passed over by break-glass: ${joined(bypassed)}.` : '',
      ].filter(Boolean).join(' ') || undefined,
    },
    {
      look: 'asked',
      who: subject,
      words: `asked${caller && caller !== subject.id ? ` through ${names(caller)}` : ''}${former ? `, in place of` : again ? ', once more after' : ''}`,
      request: former ?? again,
      quote: text(entry.reason),
    },
  ]
}

function missing(entry: Record<string, unknown>): string | undefined {
  const lacks = list(entry.missing)
  return lacks.length > 0 ? `Missing: ${lacks.join('; ')}.` : undefined
}

function outcome(entry: Record<string, unknown>, who: Who): Telling {
  const link = text(entry.link)
  const base = { who, quote: text(entry.text), detail: link }
  switch (entry.result) {
    case 'succeeded':
    case 'SUCCEEDED':
      return { ...base, look: 'done', words: 'reported that it succeeded' }
    case 'failed':
    case 'FAILED':
      return { ...base, look: 'failed', words: 'reported that it failed' }
    default:
      return { ...base, look: 'failed', words: 'said that the outcome was never reported' }
  }
}

/** Entries of rooms that come later, and of newer servers: told by their name and by what they say. */
function other(item: TimelineItem, entry: Record<string, unknown>, who: Who): Telling {
  const words = item.type.replaceAll('-', ' ')
  if (/^breakglass/.test(item.type)) {
    const glass = entry.glass as Record<string, unknown> | undefined
    return { look: 'glass', who, words: `${words}${glass?.session ? ` (${String(glass.session)})` : ''}`, quote: text(glass?.justification) }
  }
  if (/notif|deliver/.test(item.type)) return { look: 'told', words: sentence(words) }
  return { look: 'other', who, words, quote: text(entry.note) ?? text(entry.text) }
}

/** How long after the ask something happened. */
export function after(at: string, openedAt: string): string {
  return duration(Date.parse(at) - Date.parse(openedAt))
}
