import { UnstyledButton } from '@mantine/core'
import { IconArrowsSort } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { countsOf, countWords } from '~/app/counts'
import { paths } from '~/app/paths'
import type { Filters } from '~/parts/useRequestPage'
import { Link } from '~/ui/Link'
import { TabCount, Tabs } from '~/ui/Tabs'
import type { View } from './filters'
import classes from './InboxPage.module.css'

export const labels: Record<View, string> = { mine: 'For me', pending: 'All pending', decided: 'Decided' }

/** The three views, with how many wait in each. */
export function Views({ view, filters }: { view: View; filters: Filters }) {
  const { state: _, ...narrowing } = filters
  const counts = useQuery(countsOf(narrowing)).data
  const waiting: Partial<Record<View, string>> = counts
    ? { mine: countWords(counts.mine, counts.mineMore), pending: countWords(counts.pending, counts.pendingMore) }
    : {}
  return (
    <Tabs label="Which requests">
      {(Object.keys(labels) as View[]).map((one) => (
        <Link
          key={one}
          to={paths.inbox}
          search={{ ...filters, state: one === 'decided' ? filters.state : undefined, view: one === 'mine' ? undefined : one }}
          data-active={one === view}
          aria-current={one === view ? 'page' : undefined}
        >
          {labels[one]} {waiting[one] === undefined ? null : <TabCount>{waiting[one]}</TabCount>}
        </Link>
      ))}
    </Tabs>
  )
}

/** In which order the pending ones stand; what is decided stands newest first. */
export function OrderButton({ view, order, onChange }: { view: View; order: string; onChange: (order: string | undefined) => void }) {
  if (view === 'decided') return null
  const soonest = order === 'deadline'
  return (
    <UnstyledButton className={classes.order} onClick={() => onChange(soonest ? 'newest' : undefined)}>
      <IconArrowsSort size={14} aria-hidden /> {soonest ? 'Soonest deadline first' : 'Newest first'}
    </UnstyledButton>
  )
}

export function KeyHints() {
  const hints = [
    ['J', ''],
    ['K', 'move'],
    ['Enter', 'open'],
    ['X', 'select'],
    ['A', 'approve'],
    ['D', 'reject'],
    ['?', 'all keys'],
  ] as const
  return (
    <div className={classes.keys} aria-hidden>
      {hints.map(([key, does]) => (
        <span key={key}>
          <kbd>{key}</kbd> {does}
        </span>
      ))}
    </div>
  )
}
