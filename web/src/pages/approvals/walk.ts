/** The lists of the inbox as they stood when a request was opened from it; kept for this tab, so that its page knows what is next. */
const KEY = 'countersign.walk'

export function rememberWalk(lists: readonly (readonly string[])[]): void {
  window.sessionStorage.setItem(KEY, JSON.stringify(lists))
}

/** The list in which this request stood, in its order; nothing when it was not opened from one. */
export function listWith(stored: string | null, number: string): string[] | undefined {
  if (!stored) return undefined
  let lists: unknown
  try {
    lists = JSON.parse(stored)
  } catch {
    return undefined
  }
  if (!Array.isArray(lists)) return undefined
  return lists.find((list): list is string[] => Array.isArray(list) && list.includes(number) && list.every((one) => typeof one === 'string'))
}

export function walkOf(number: string): string[] | undefined {
  return listWith(window.sessionStorage.getItem(KEY), number)
}

/** What waits for the reader after this one: the next of the list he walks, else the first of what waits. */
export function nextWaiting(number: string, walk: readonly string[], waiting: readonly string[]): string | undefined {
  const others = waiting.filter((one) => one !== number)
  const after = walk.slice(walk.indexOf(number) + 1)
  return after.find((one) => others.includes(one)) ?? others[0]
}
