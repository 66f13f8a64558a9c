import { Button, Select } from '@mantine/core'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { teamsQuery } from '~/parts/Choose'
import { Named } from '~/parts/Named'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'
import { Empty } from '~/ui/Empty'
import { FormDialog } from '~/ui/FormDialog'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { type Column, Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'

interface Belonging {
  id: string
  handle: string
  name: string
  grantedBy: string
  grantedAt: string
}

/** The teams a person is directly in, with who put him there. */
export function TeamsOf({ person }: { person: { id: string; name: string } }) {
  const client = useQueryClient()
  const mayChange = useMay('directory-write')
  const [joining, setJoining] = useState(false)
  const [leaving, setLeaving] = useState<Belonging>()
  const [team, setTeam] = useState<string | null>(null)
  const all = useQuery(teamsQuery).data?.items ?? []
  const belongings = useQuery({
    queryKey: ['directory', 'memberships', person.id],
    queryFn: () => data(api.GET('/api/v1/people/{id}/memberships', { params: { path: { id: person.id } } })),
  })
  const done = () => {
    setJoining(false)
    setLeaving(undefined)
    return client.invalidateQueries({ queryKey: ['directory'] })
  }
  const join = useMutation({
    mutationFn: (id: string) => api.PUT('/api/v1/teams/{id}/members/{personId}', { params: { path: { id, personId: person.id } } }),
    onSuccess: done,
  })
  const leave = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/teams/{id}/members/{personId}', { params: { path: { id, personId: person.id } } }),
    onSuccess: done,
  })
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
    { head: 'Added by', cell: (one) => <Named id={one.grantedBy} /> },
    { head: 'Added', cell: (one) => <Time at={one.grantedAt} /> },
  ]
  if (mayChange) {
    columns.push({
      head: 'Take out',
      bare: true,
      end: true,
      narrow: true,
      cell: (one) => (
        <Button
          variant="subtle"
          size="xs"
          color="gray"
          aria-label={`Take out of ${one.name}`}
          onClick={() => {
            leave.reset()
            setLeaving(one)
          }}
        >
          Take out…
        </Button>
      ),
    })
  }
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
      <FormDialog opened={joining} onClose={() => setJoining(false)} title={`Add ${person.name} to a team`} verb="Add" onSubmit={() => team && join.mutate(team)} busy={join.isPending} error={join.error} refused="Nothing was changed.">
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
      <Confirm
        opened={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={`Take ${person.name} out of ${leaving?.name ?? ''}?`}
        verb="Take out"
        tone="bad"
        onConfirm={() => leaving && leave.mutate(leaving.id)}
        busy={leave.isPending}
        error={leave.error}
      >
        Approvals that counted for this team no longer count on pending requests.
      </Confirm>
    </Card>
  )
}
