import { Problem } from '~/api/client'
import { spokenDurations } from './time'

/** What the server says about one field, as a sentence beside it. */
export function fault(error: unknown, ...fields: string[]): string | undefined {
  if (!(error instanceof Problem)) return undefined
  for (const field of fields) {
    const message = error.of(field)
    // The field stands beside it: its name in the API is nobody's word.
    const own = field.split('.').at(-1)
    const told = message && spokenDurations(message.replace(`\`${own}\` `, 'it ').replace(', not ``', '')).replace(/`([^`]*)`/g, '“$1”')
    if (told) return `${told.charAt(0).toUpperCase()}${told.slice(1)}${/[.!?]$/.test(told) ? '' : '.'}`
  }
  return undefined
}
