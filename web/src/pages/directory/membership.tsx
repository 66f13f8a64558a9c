import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '~/api/client'
import { Named } from '~/parts/Named'
import { Confirm } from '~/ui/Confirm'
import type { Column } from '~/ui/Rows'
import { Time } from '~/ui/Time'

interface Membership {
  team: string
  person: string
}

/** Puts a person into a team and takes him out, from the page of either. */
export function useMembership(onDone: () => void) {
  const client = useQueryClient()
  const onSuccess = () => {
    onDone()
    return client.invalidateQueries({ queryKey: ['directory'] })
  }
  const of = ({ team, person }: Membership) => ({ params: { path: { id: team, personId: person } } })
  return {
    join: useMutation({ mutationFn: (one: Membership) => api.PUT('/api/v1/teams/{id}/members/{personId}', of(one)), onSuccess }),
    leave: useMutation({ mutationFn: (one: Membership) => api.DELETE('/api/v1/teams/{id}/members/{personId}', of(one)), onSuccess }),
  }
}

/** Who added somebody, and when; for who may, the way out. */
export function addedColumns<Row extends { name: string; grantedBy: string; grantedAt: string }>(takeOut: ((row: Row) => void) | undefined, words: string): Array<Column<Row>> {
  const added: Array<Column<Row>> = [
    { head: 'Added by', cell: (one) => <Named id={one.grantedBy} /> },
    { head: 'Added', cell: (one) => <Time at={one.grantedAt} /> },
  ]
  if (!takeOut) return added
  return [
    ...added,
    {
      head: 'Take out',
      bare: true,
      end: true,
      narrow: true,
      cell: (one) => (
        <Button variant="subtle" size="xs" color="gray" aria-label={`${words} ${one.name}`} onClick={() => takeOut(one)}>
          Take out…
        </Button>
      ),
    },
  ]
}

interface ConfirmLeaveProps {
  /** Who leaves which team, by their names; nothing while nobody is asked. */
  leaving: { person: string; team: string } | undefined
  onClose: () => void
  onConfirm: () => void
  busy: boolean
  error: unknown
}

export function ConfirmLeave({ leaving, onClose, onConfirm, busy, error }: ConfirmLeaveProps) {
  return (
    <Confirm opened={leaving !== undefined} onClose={onClose} title={`Take ${leaving?.person ?? ''} out of ${leaving?.team ?? ''}?`} verb="Take out" tone="bad" onConfirm={onConfirm} busy={busy} error={error}>
      Approvals that counted for this team no longer count on pending requests.
    </Confirm>
  )
}
