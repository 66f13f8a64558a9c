import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, data, type Schemas } from '~/api/client'

/** Something that was executed without a request. */
export type Execution = Schemas['ExecutionsUngatedExecution']

/** The views of the list: everything, and what is in one state; what somebody has to look after comes first. */
export const views: ReadonlyArray<{ label: string; state: Execution['state'] | undefined }> = [
  { label: 'All', state: undefined },
  { label: 'Outcome unknown', state: 'outcome-unknown' },
  { label: 'Executing', state: 'executing' },
  { label: 'Succeeded', state: 'succeeded' },
  { label: 'Failed', state: 'failed' },
]

/** A page of them, the latest first. */
export const executionsQuery = (query: { state?: string | undefined; cursor?: string | undefined }) =>
  queryOptions({
    queryKey: ['executions', query],
    queryFn: () => data(api.GET('/api/v1/executions', { params: { query } })),
    placeholderData: keepPreviousData,
    // Time alone makes an outcome unknown, and only who reads the log is told live of what no rule held.
    refetchInterval: 60_000,
  })

/** What a view says while nothing is in it. */
export function emptyWords(state: string | undefined): string {
  switch (state) {
    case undefined:
      return 'Nothing was executed without a request.'
    case 'outcome-unknown':
      return 'Every outcome is known.'
    case 'executing':
      return 'Nothing is executing.'
    default:
      return 'No execution is in this state.'
  }
}

/** How its end became known: from who executed it, or from somebody who looked. */
export function toldWords({ redeemer, ending }: Pick<Execution, 'redeemer' | 'ending'>): 'Reported' | 'Settled' {
  return ending && ending.by.id !== redeemer.id ? 'Settled' : 'Reported'
}
