import type { TimelineLine } from './Timeline'

interface Happening {
  type: string
  at: string
}

/** What happened without the messages that told of it, and these messages counted together. */
export interface Folded<T> {
  items: T[]
  delivered: number
  lastAt: string | undefined
}

const DELIVERED = 'notification-delivered'

/** Takes the delivered messages out of what happened: one is news, eleven hide the news. Failed ones stay. */
export function withoutDeliveries<T extends Happening>(all: readonly T[]): Folded<T> {
  const delivered = all.filter((one) => one.type === DELIVERED)
  const lastAt = delivered.map((one) => one.at).sort().at(-1)
  return { items: all.filter((one) => one.type !== DELIVERED), delivered: delivered.length, lastAt }
}

/** The one line that stands for them, if there are any. */
export function deliveredLine({ delivered, lastAt }: Folded<unknown>, look: string): TimelineLine[] {
  const children = delivered === 1 ? 'A message about it was delivered' : `${delivered} messages about it were delivered`
  return lastAt ? [{ key: 'delivered', look, at: lastAt, children }] : []
}
