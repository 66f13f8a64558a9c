import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { ChoosePerson } from '~/parts/Choose'
import { PersonChip } from '~/parts/PersonChip'
import { Empty } from '~/ui/Empty'
import { FormDialog } from '~/ui/FormDialog'
import { fault } from '~/ui/fault'
import { Link } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Rows } from '~/ui/Rows'
import { addedColumns, ConfirmLeave, useMembership } from './membership'

/** Who is in a team, with who added him. */
export function TeamMembers({ team }: { team: Schemas['TeamsTeamView'] }) {
  const mayChange = useMay('directory-write')
  const [cursor, setCursor] = useState<string>()
  const [adding, add] = useDisclosure(false)
  const [person, setPerson] = useState<string | null>(null)
  const [leaving, setLeaving] = useState<Schemas['TeamsHolderView']>()
  const members = useQuery({
    queryKey: ['directory', 'members', team.id, cursor],
    queryFn: () => data(api.GET('/api/v1/teams/{id}/members', { params: { path: { id: team.id }, query: { cursor, limit: 50 } } })),
    placeholderData: keepPreviousData,
  })
  const { join, leave } = useMembership(() => {
    add.close()
    setLeaving(undefined)
  })
  const takeOut = (one: Schemas['TeamsHolderView']) => {
    leave.reset()
    setLeaving(one)
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
        {(rows) => (
          <Rows
            label={`Members of ${team.name}`}
            rows={rows}
            keyOf={(one) => one.id}
            columns={[
              {
                head: 'Member',
                bare: true,
                cell: (one) => (
                  <Link to={paths.person} params={{ person: `@${one.handle}` }}>
                    <PersonChip id={one.id} name={one.name} note={`@${one.handle}`} />
                  </Link>
                ),
              },
              ...addedColumns(mayChange ? takeOut : undefined, 'Take out'),
            ]}
          />
        )}
      </Listing>
      <FormDialog opened={adding} onClose={add.close} title={`Add somebody to ${team.name}`} verb="Add" onSubmit={() => person && join.mutate({ team: team.id, person })} busy={join.isPending} error={join.error} refused="Nobody was added.">
        <ChoosePerson label="Person" value={person} onChange={setPerson} error={fault(join.error, 'personId')} without={(members.data?.items ?? []).map((one) => one.id)} required />
      </FormDialog>
      <ConfirmLeave
        leaving={leaving ? { person: leaving.name, team: team.name } : undefined}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => leaving && leave.mutate({ team: team.id, person: leaving.id })}
        busy={leave.isPending}
        error={leave.error}
      />
    </section>
  )
}
