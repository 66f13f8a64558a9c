import { Button, Select } from '@mantine/core'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { teamsQuery } from '~/parts/Choose'
import { Card } from '~/ui/Card'
import { Empty } from '~/ui/Empty'
import { FormDialog } from '~/ui/FormDialog'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { type Column, Rows } from '~/ui/Rows'
import { addedColumns, ConfirmLeave, useMembership } from './membership'

interface Belonging {
  id: string
  handle: string
  name: string
  grantedBy: string
  grantedAt: string
}

/** The teams a person is directly in, with who put him there. */
export function TeamsOf({ person }: { person: { id: string; name: string } }) {
  const mayChange = useMay('directory-write')
  const [joining, setJoining] = useState(false)
  const [leaving, setLeaving] = useState<Belonging>()
  const [team, setTeam] = useState<string | null>(null)
  const all = useQuery(teamsQuery).data?.items ?? []
  const belongings = useQuery({
    queryKey: ['directory', 'memberships', person.id],
    queryFn: () => data(api.GET('/api/v1/people/{id}/memberships', { params: { path: { id: person.id } } })),
  })
  const { join, leave } = useMembership(() => {
    setJoining(false)
    setLeaving(undefined)
  })
  const takeOut = (one: Belonging) => {
    leave.reset()
    setLeaving(one)
  }
  const teams = belongings.data?.teams ?? []
  const columns: Array<Column<Belonging>> = [
    {
      head: 'Team',
      bare: true,
      cell: (one) => (
        <Link to={paths.team} params={{ team: `@${one.handle}` }}>
          {one.name}
        </Link>
      ),
    },
    ...addedColumns(mayChange ? takeOut : undefined, 'Take out of'),
  ]
  return (
    <Card
      title="Teams"
      flush
      aside={
        mayChange ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              join.reset()
              setTeam(null)
              setJoining(true)
            }}
          >
            Add to a team
          </Button>
        ) : null
      }
    >
      {belongings.isError ? <ProblemNote error={belongings.error} what="The teams could not be loaded." retry={() => void belongings.refetch()} /> : null}
      {belongings.isPending ? <Loading what="the teams" lines={2} /> : null}
      {belongings.data && teams.length === 0 ? <Empty icon={<IconUsersGroup size={18} />} title="In no team." /> : null}
      {teams.length > 0 ? <Rows label={`Teams of ${person.name}`} rows={teams} columns={columns} keyOf={(one) => one.id} /> : null}
      <FormDialog opened={joining} onClose={() => setJoining(false)} title={`Add ${person.name} to a team`} verb="Add" onSubmit={() => team && join.mutate({ team, person: person.id })} busy={join.isPending} error={join.error} refused="Nothing was changed.">
        <Select
          label="Team"
          data-autofocus
          searchable
          required
          withAsterisk={false}
          data={all.filter((one) => !teams.some((has) => has.id === one.id)).map((one) => ({ value: one.id, label: `${one.name} (@${one.handle})` }))}
          value={team}
          onChange={setTeam}
        />
      </FormDialog>
      <ConfirmLeave
        leaving={leaving ? { person: person.name, team: leaving.name } : undefined}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => leaving && leave.mutate({ team: leaving.id, person: person.id })}
        busy={leave.isPending}
        error={leave.error}
      />
    </Card>
  )
}
