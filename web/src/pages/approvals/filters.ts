import type { Filters } from '~/parts/useRequestPage'

/** What narrows the inbox; it lives in the address, so that a view can be shared. */
export const filterKeys = ['type', 'project', 'environment', 'cluster', 'risk', 'requester', 'state', 'q'] as const

/** Only what narrows, of everything that stands in the address. */
export function filtersOf(search: Readonly<Record<string, string | undefined>>): Filters {
  return Object.fromEntries(filterKeys.flatMap((key) => (search[key] ? [[key, search[key]]] : [])))
}

export function howMany(filters: Filters): number {
  return Object.values(filters).filter(Boolean).length
}

/** "1 filter is on", "3 filters are on". */
export function onWords(filters: Filters): string {
  const on = howMany(filters)
  return on === 1 ? '1 filter is on.' : `${on} filters are on.`
}

export const views = ['mine', 'pending', 'decided'] as const
export type View = (typeof views)[number]

/** The view that an address names; an unknown one is the first. */
export function viewOf(text: string | undefined): View {
  return views.find((one) => one === text) ?? 'mine'
}

/** The order of a view: what is pending by its deadline unless asked otherwise, what is decided by age. */
export function orderOf(view: View, text: string | undefined): 'deadline' | 'newest' {
  return view === 'decided' || text === 'newest' ? 'newest' : 'deadline'
}

export const types = [
  { value: 'release', label: 'Release' },
  { value: 'promotion', label: 'Promotion' },
  { value: 'rollback', label: 'Rollback' },
  { value: 'cluster', label: 'Cluster' },
  { value: 'project', label: 'Project' },
  { value: 'security', label: 'Security' },
  { value: 'own', label: 'Own actions', hint: 'of Countersign' },
]

export const risks = [
  { value: 'critical', label: 'Critical' },
  { value: 'high', label: 'High' },
  { value: 'medium', label: 'Medium' },
  { value: 'low', label: 'Low' },
]

export const states = [
  { value: 'approved', label: 'Approved', hint: 'not used yet' },
  { value: 'executing', label: 'Executing' },
  { value: 'executed', label: 'Executed' },
  { value: 'denied', label: 'Rejected' },
  { value: 'expired', label: 'Expired' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'grant-expired', label: 'Grant expired' },
  { value: 'revoked', label: 'Revoked' },
]
