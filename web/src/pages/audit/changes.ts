import { isoMillis, spokenDuration } from '~/ui/time'

/** A value as it is kept, and as people say it. */
interface Said {
  kept: string
  words: string
}

/** One changed setting; a change this page cannot read is its words alone. */
export type SettingChange = { words: string; before: Said; after: Said } | { words: string; before?: undefined; after?: undefined }

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

function said(field: string, kept: string): Said {
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

/** "name, cluster": which fields changed, without what they were; each entry is kept as `field: before -> after`. */
export function changedFields(changes: readonly string[]): string {
  return changes.map((one) => fieldWords(one.split(':')[0]!.trim())).join(', ')
}

/** Changes of settings as they are kept, `staleAfter: PT24H -> PT4H`, in words. */
export function settingChanges(changes: readonly string[]): SettingChange[] {
  return changes.map((one) => {
    const parts = /^(\w+): (.*) -> (.*)$/s.exec(one)
    if (!parts) return { words: one }
    const [, field, before, after] = parts as unknown as [string, string, string, string]
    return { words: fieldWords(field), before: said(field, before), after: said(field, after) }
  })
}
