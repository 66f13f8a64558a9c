import { Problem } from '~/api/client'

/** What the server says about one field, as a sentence beside it. */
export function fault(error: unknown, ...fields: string[]): string | undefined {
  if (!(error instanceof Problem)) return undefined
  for (const field of fields) {
    const message = error.of(field)
    if (message) return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`
  }
  return undefined
}
