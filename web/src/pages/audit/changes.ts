import { isoMillis, spokenDuration } from '~/ui/time'

/** A value as it is kept, and as people say it. */
interface Said {
  kept: string
  words: string
}

/** One changed field; a change this page cannot read is its words alone. */
export type FieldChange = { field: string; words: string; before: Said; after: Said } | { words: string; field?: undefined; before?: undefined; after?: undefined }

/** What a setting is called within a sentence that goes on with its value. */
const settingWords: Record<string, string> = {
  name: 'name',
  zone: 'time zone',
  staleAfter: 'stale after',
  denialMemory: 'denials count for',
  ownChangeWindow: 'own changes count for',
  voteReasonRequired: 'a vote needs a reason',
  asksPerMinute: 'asks per minute',
  payloadLimit: 'largest payload',
  outcomeAfter: 'outcome within',
  breakGlassMinimum: 'break-glass lasts at least',
  breakGlassMaximum: 'break-glass lasts at most',
  breakGlassClosureAfter: 'closure within',
  breakGlassReviewAfter: 'review within',
  breakGlassBlocksNext: 'what is owed blocks',
}

/** The words of values that are words themselves, by their setting. */
const valueWords: Record<string, Record<string, string>> = {
  voteReasonRequired: { never: 'never', 'on-deny': 'when rejecting', always: 'always' },
  breakGlassBlocksNext: { nobody: 'nobody', person: 'the session’s owner', team: 'the session’s owner and his teams' },
}

/** Bytes in the largest binary unit that says them as a whole number. */
function bytes(kept: string): string {
  const amount = Number(kept)
  for (const [unit, size] of [['MiB', 1024 * 1024], ['KiB', 1024]] as const) {
    if (amount >= size && amount % size === 0) return `${amount / size}\u00a0${unit}`
  }
  return `${amount.toLocaleString('en')}\u00a0bytes`
}

function said(field: string, value: unknown): Said {
  if (value === undefined || value === null) return { kept: 'none', words: 'none' }
  const kept = String(value)
  const words =
    valueWords[field]?.[kept.toLowerCase().replaceAll('_', '-')] ??
    (field === 'payloadLimit' && /^\d+$/.test(kept)
      ? bytes(kept)
      : field === 'asksPerMinute' && /^\d+$/.test(kept)
        ? Number(kept).toLocaleString('en')
        : field !== 'name' && isoMillis(kept) !== undefined
          ? spokenDuration(kept)
          : kept)
  return { kept, words }
}

/** `clusterId` is "cluster", `requesterCanApprove` "requester can approve". */
function fieldWords(field: string): string {
  return settingWords[field] ?? field.replace(/Ids?$/, '').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
}

/** "name, cluster": which fields changed, without what they were. */
export function changedFields(changes: unknown): string {
  return fieldChanges(changes)
    .map((one) => one.words)
    .join(', ')
}

/** What an entry keeps of an edit, `{field: "staleAfter", before: "PT24H", after: "PT4H"}`, in words. */
export function fieldChanges(changes: unknown): FieldChange[] {
  return Array.isArray(changes) ? changes.map(read) : []
}

/** Entries of earlier days keep a change as words, `staleAfter: PT24H -> PT4H`. */
function read(one: unknown): FieldChange {
  if (one !== null && typeof one === 'object' && 'field' in one) {
    const { field, before, after } = one as { field: unknown; before?: unknown; after?: unknown }
    return change(String(field), before, after)
  }
  const [, field, before, after] = /^(\w+): (.*) -> (.*)$/s.exec(String(one)) ?? []
  return field === undefined ? { words: String(one) } : change(field, before, after)
}

function change(field: string, before: unknown, after: unknown): FieldChange {
  return { field, words: fieldWords(field), before: said(field, before), after: said(field, after) }
}
