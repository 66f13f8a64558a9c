const LONGEST = 40

/** A handle that fits a name: its letters without marks, in lower case, words joined by dashes. */
export function handleOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '')
}

/** The handle after a name was typed: it follows the name until somebody writes another one. */
export function followedHandle(handle: string, before: string, after: string): string {
  return handle === handleOf(before) ? handleOf(after) : handle
}
