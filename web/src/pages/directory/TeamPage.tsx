import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconEqualNot, IconPencil, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { teamsQuery } from '~/parts/Choose'
import { Named } from '~/parts/Named'
import { asTree } from '~/parts/tree'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Confirm } from '~/ui/Confirm'
import { Facts } from '~/ui/Facts'
import { Link } from '~/ui/Link'
import { Mark } from '~/ui/Mark'
import { Page } from '~/ui/Page'
import { Time } from '~/ui/Time'
import { TeamForm } from './TeamForm'
import { TeamMembers } from './TeamMembers'

type Team = Schemas['TeamsTeamView']

const route = getRouteApi('/inside/teams/$team')

/** One team: its members with who added them, and where it stands. */
export function TeamPage() {
  const { team: id } = route.useParams()
  const { data: team } = useSuspenseQuery({
    queryKey: ['directory', 'team', id],
    queryFn: () => data(api.GET('/api/v1/teams/{id}', { params: { path: { id } } })),
  })
  const mayChange = useMay('directory-write')
  const [editing, edit] = useDisclosure(false)
  const [adding, add] = useDisclosure(false)
  const all = useQuery(teamsQuery).data?.items ?? []
  const below = all.filter((one) => one.parentId === team.id)
  return (
    <Page
      title={team.name}
      width="detail"
      crumbs={
        <>
          <Link to={paths.teams}>Teams</Link>
          {team.parent ? (
            <>
              <span aria-hidden>/</span>
              <Link to={paths.team} params={{ team: team.parent }}>
                {team.parent.replace(/^@/, '')}
              </Link>
            </>
          ) : null}
        </>
      }
      facts={
        <>
          <span>@{team.handle}</span>
          {team.countsAsDistinct ? null : (
            <Mark icon={IconEqualNot} boxed>
              Does not count as a distinct team
            </Mark>
          )}
        </>
      }
      actions={
        mayChange ? (
          <Button variant="default" leftSection={<IconPencil size={15} aria-hidden />} onClick={edit.open}>
            Edit
          </Button>
        ) : null
      }
    >
      <Columns
        side={
          <>
            <Card title="Facts">
              <Facts
                of={[
                  ['Handle', `@${team.handle}`],
                  ['Stands below', team.parentId ? <Named key="parent" id={team.parentId} /> : 'No team'],
                  ['Made by', <Named key="by" id={team.createdBy} />],
                  ['Made', <Time key="at" at={team.createdAt} />],
                ]}
              />
            </Card>
            <Card
              title="Teams below"
              aside={
                mayChange ? (
                  <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add.open}>
                    Add
                  </Button>
                ) : null
              }
            >
              {below.length === 0 ? 'None.' : asTree(below).map(({ node }) => (
                <div key={node.id}>
                  <Link to={paths.team} params={{ team: `@${node.handle}` }}>
                    {node.name}
                  </Link>{' '}
                  · {node.memberCount === 1 ? '1 person' : `${node.memberCount} people`}
                </div>
              ))}
            </Card>
            {mayChange ? <RemoveTeam team={team} below={below.length} /> : null}
          </>
        }
      >
        <TeamMembers team={team} />
      </Columns>
      <TeamForm opened={editing} onClose={edit.close} team={team} />
      <TeamForm opened={adding} onClose={add.close} below={team.id} />
    </Page>
  )
}

function RemoveTeam({ team, below }: { team: Team; below: number }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, ask] = useDisclosure(false)
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/v1/teams/{id}', { params: { path: { id: team.id }, header: { 'If-Match': `"${team.version}"` } } }),
    onSuccess: async () => {
      await navigate({ to: paths.teams })
      await client.invalidateQueries({ queryKey: ['directory'] })
    },
  })
  return (
    <Card title="Remove">
      <Button
        variant="outline"
        color="bad"
        leftSection={<IconUsersGroup size={15} aria-hidden />}
        onClick={() => {
          remove.reset()
          ask.open()
        }}
      >
        Remove team…
      </Button>
      <Confirm opened={asking} onClose={ask.close} title={`Remove ${team.name}?`} verb="Remove" tone="bad" typed={{ text: team.handle, label: 'The team’s handle' }} onConfirm={() => remove.mutate()} busy={remove.isPending} error={remove.error}>
        {team.memberCount === 0 ? 'Nobody is in it' : team.memberCount === 1 ? 'Its member leaves it' : `Its ${team.memberCount} members leave it`}
        {below > 0 ? ` and ${below === 1 ? 'the team below it stands' : `the ${below} teams below it stand`} alone` : ''}. Policies that require it cannot be met any more.
      </Confirm>
    </Card>
  )
}
