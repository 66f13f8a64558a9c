import type { Who } from './shape'

/** "Ada, Ben and Cem". */
export function joined(parts: string[], last: 'and' | 'or' = 'and'): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} ${last} ${parts[parts.length - 1]}`
}

/** "you, Ben or 4 others": the reader first, and never more than fit. */
export function people(some: Who[], total: number, me: string, last: 'and' | 'or' = 'or', most = 3): string {
  const others = some.filter((one) => one.id !== me).map((one) => one.name)
  const all = some.some((one) => one.id === me) ? ['you', ...others] : others
  const shown = all.length > most + 1 ? all.slice(0, most) : all
  const more = Math.max(total, all.length) - shown.length
  return joined(more > 0 ? [...shown, more === 1 ? '1 other' : `${more} others`] : shown, last)
}

/** A sentence of the server's as ours: a capital letter and a full stop. */
export function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?…]$/.test(start) ? start : `${start}.`
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

const KINDS: Record<string, string> = { person: '', agent: 'agent', service: 'service account' }

/** What somebody is, where that is no person. */
export function kindOf(who: Who): string {
  return KINDS[who.kind] ?? who.kind
}
