/** Requests that somebody wants to look at one after the other; kept for this tab, so that the request's page knows what is next. */
const KEY = 'countersign.review'

export interface Review {
  numbers: string[]
}

export function startReview(numbers: readonly string[]): void {
  window.sessionStorage.setItem(KEY, JSON.stringify({ numbers }))
}

export function endReview(): void {
  window.sessionStorage.removeItem(KEY)
}

/** Where in the review this request stands, or nothing when it is not part of one. */
export interface ReviewPlace {
  at: number
  of: number
  previous?: string
  next?: string
}

export function placeIn(stored: string | null, number: string): ReviewPlace | undefined {
  if (!stored) return undefined
  let numbers: unknown
  try {
    numbers = (JSON.parse(stored) as Partial<Review>).numbers
  } catch {
    return undefined
  }
  if (!Array.isArray(numbers)) return undefined
  const list = numbers.filter((one): one is string => typeof one === 'string' && /^AR-\d+$/.test(one))
  const at = list.indexOf(number)
  return at < 0 ? undefined : { at: at + 1, of: list.length, previous: list[at - 1], next: list[at + 1] }
}

export function reviewPlace(number: string): ReviewPlace | undefined {
  return placeIn(window.sessionStorage.getItem(KEY), number)
}
