import { useQuery } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import { useMe } from '~/app/session'
import { teamsQuery } from '~/parts/Choose'
import { useName } from '~/parts/names'
import type { Execution } from './shape'
import { maySettle, reportsOutcomes } from './settling'

/** Whether the reader may settle this outcome; whom an account belongs to is read only where that decides it. */
export function useMaySettle(execution: Execution): boolean {
  const me = useMe()
  const clear = maySettle(execution, me)
  const open = execution.state === 'outcome-unknown' && !clear && reportsOutcomes(me) && me.permissions.includes('directory-read')
  const { id } = execution.subject
  const kind = useName(open ? id : undefined)?.kind
  const machine = open && (kind === 'service' || kind === 'agent')
  const account = useQuery({
    queryKey: ['directory', 'account', id],
    queryFn: () => data(api.GET('/api/v1/accounts/{id}', { params: { path: { id } } })),
    enabled: machine,
    staleTime: 60_000,
  }).data
  const byTeam = account?.owners.some((owner) => owner.kind === 'team') === true
  const teams = useQuery({ ...teamsQuery, enabled: machine && byTeam && me.teams.length > 0, staleTime: 60_000 }).data
  return clear || (machine && maySettle(execution, me, account, teams?.items))
}
