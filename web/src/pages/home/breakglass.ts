import type { BannerView as Banner } from '~/pages/breakglass/shape'
import { count } from '~/parts/requests'

/** One thing to know about break-glass; `session` is what it is about, when it is about one. */
export interface Line {
  urgent: boolean
  text: string
  session?: string
  /** Where those of whom it counts are listed. */
  among?: { state: string } | { tab: string }
  /** When it ends by itself. */
  endsAt?: string
}

/** What this reader has to know: his own session first, then what runs, then what is owed. */
export function breakglassLines(banner: Banner): Line[] {
  const lines: Line[] = []
  if (banner.own) {
    const { name, incident, actionsTaken, endsAt } = banner.own
    lines.push({
      urgent: true,
      text: `Your session ${name} for ${incident} is open; ${count(actionsTaken, 'action')} so far.`,
      session: name,
      ...(endsAt ? { endsAt } : {}),
    })
  }
  if (banner.requested) {
    lines.push({ urgent: false, text: `Your session ${banner.requested.name} begins when its opening is approved.`, session: banner.requested.name })
  }
  const others = (banner.active ?? 0) - (banner.own ? 1 : 0)
  if (others > 0) {
    const open = banner.own ? count(others, 'other session is', 'other sessions are') : count(others, 'session is', 'sessions are')
    lines.push({ urgent: true, text: `${open} open.`, among: { state: 'active' } })
  }
  if (banner.owed > 0) lines.push({ urgent: true, text: `You owe ${count(banner.owed, 'closure')}.`, among: { state: 'ended' } })
  if ((banner.overdue ?? 0) > 0) lines.push({ urgent: true, text: `${count(banner.overdue ?? 0, 'closure or review is', 'closures and reviews are')} late.`, among: { tab: 'overdue' } })
  return lines
}
