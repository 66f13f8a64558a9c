import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconEqualNot, IconPencil, IconPlus, IconUserPlus, IconUsers, IconUsersGroup } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { ChoosePerson, teamsQuery } from '~/parts/Choose'
import { Named } from '~/parts/Named'
import { PersonChip } from '~/parts/PersonChip'
import { asTree } from '~/parts/tree'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Confirm } from '~/ui/Confirm'
import { Empty } from '~/ui/Empty'
import { Facts } from '~/ui/Facts'
import { FormDialog } from '~/ui/FormDialog'
import { fault } from '~/ui/fault'
import { Link } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Mark } from '~/ui/Mark'
import { Page } from '~/ui/Page'
import { type Column, Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import { TeamForm } from './TeamForm'

type Team = Schemas['TeamsTeamView']
type Member = Schemas['TeamsHolderView']

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
        <Members team={team} />
      </Columns>
      <TeamForm opened={editing} onClose={edit.close} team={team} />
      <TeamForm opened={adding} onClose={add.close} below={team.id} />
    </Page>
  )
}

function Members({ team }: { team: Team }) {
  const client = useQueryClient()
  const mayChange = useMay('directory-write')
  const [cursor, setCursor] = useState<string>()
  const [adding, add] = useDisclosure(false)
  const [person, setPerson] = useState<string | null>(null)
  const [leaving, setLeaving] = useState<Member>()
  const members = useQuery({
    queryKey: ['directory', 'members', team.id, cursor],
    queryFn: () => data(api.GET('/api/v1/teams/{id}/members', { params: { path: { id: team.id }, query: { cursor, limit: 50 } } })),
    placeholderData: keepPreviousData,
  })
  const done = () => {
    add.close()
    setLeaving(undefined)
    return client.invalidateQueries({ queryKey: ['directory'] })
  }
  const call = (personId: string) => ({ params: { path: { id: team.id, personId } } })
  const join = useMutation({ mutationFn: (id: string) => api.PUT('/api/v1/teams/{id}/members/{personId}', call(id)), onSuccess: done })
  const leave = useMutation({ mutationFn: (id: string) => api.DELETE('/api/v1/teams/{id}/members/{personId}', call(id)), onSuccess: done })
  const columns: Array<Column<Member>> = [
    {
      head: 'Member',
      bare: true,
      cell: (one) => (
        <Link to={paths.person} params={{ person: `@${one.handle}` }}>
          <PersonChip id={one.id} name={one.name} note={`@${one.handle}`} />
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
          aria-label={`Take out ${one.name}`}
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
    <section aria-label="Members">
      {mayChange ? (
        <div style={{ display: 'flex', justifyContent: 'flex-end', marginBottom: 10 }}>
          <Button
            leftSection={<IconUserPlus size={15} aria-hidden />}
            onClick={() => {
              join.reset()
              setPerson(null)
              add.open()
            }}
          >
            Add member
          </Button>
        </div>
      ) : null}
      <Listing
        query={members}
        what="members"
        cursor={cursor}
        onGo={setCursor}
        empty={
          <Empty icon={<IconUsers size={20} />} title="Nobody is in this team.">
            Members of the teams below it count for it too.
          </Empty>
        }
      >
        {(rows) => <Rows label={`Members of ${team.name}`} rows={rows} columns={columns} keyOf={(one) => one.id} />}
      </Listing>
      <FormDialog opened={adding} onClose={add.close} title={`Add somebody to ${team.name}`} verb="Add" onSubmit={() => person && join.mutate(person)} busy={join.isPending} error={join.error} refused="Nobody was added.">
        <ChoosePerson label="Person" value={person} onChange={setPerson} error={fault(join.error, 'personId')} without={(members.data?.items ?? []).map((one) => one.id)} required />
      </FormDialog>
      <Confirm
        opened={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={`Take ${leaving?.name ?? ''} out of ${team.name}?`}
        verb="Take out"
        tone="bad"
        onConfirm={() => leaving && leave.mutate(leaving.id)}
        busy={leave.isPending}
        error={leave.error}
      >
        Approvals that counted for this team no longer count on pending requests.
      </Confirm>
    </section>
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
