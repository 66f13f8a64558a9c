import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { PersonChip } from '~/parts/PersonChip'
import { RoleNames } from '~/parts/RoleNames'
import { Bar } from '~/ui/Bar'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Page } from '~/ui/Page'
import { type Column, Rows } from '~/ui/Rows'
import { SearchField } from '~/ui/SearchField'
import { AddPerson } from './AddPerson'
import { CredentialMark } from './CredentialMark'

type Person = Schemas['PeoplePersonView']

const route = getRouteApi('/inside/people')

const columns: ReadonlyArray<Column<Person>> = [
  {
    head: 'Person',
    bare: true,
    cell: (person) => (
      <Link to={paths.person} params={{ person: `@${person.handle}` }}>
        <PersonChip id={person.id} name={person.name} handle={person.handle} note={`@${person.handle}`} />
      </Link>
    ),
  },
  { head: 'Roles', cell: (person) => <RoleNames of={person.roles} /> },
  { head: 'Teams', cell: (person) => person.teams.map((one) => one.replace(/^@/, '')).join(', ') || 'None' },
  { head: 'State', cell: (person) => <CredentialMark person={person} /> },
]

/** Everybody in the organization. */
export function PeoplePage() {
  const { q, cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const [adding, add] = useDisclosure(false)
  const mayChange = useMay('directory-write')
  const people = useQuery({
    queryKey: ['directory', 'people', q, cursor],
    queryFn: () => data(api.GET('/api/v1/people', { params: { query: { q, cursor, limit: 50 } } })),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title="People"
      actions={
        mayChange ? (
          <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={add.open}>
            Add person
          </Button>
        ) : null
      }
    >
      <Bar>
        <SearchField
          label="Search people"
          placeholder="Name or handle"
          value={q ?? ''}
          onChange={(text) => void navigate({ search: text ? { q: text } : {}, replace: true })}
        />
      </Bar>
      <Listing
        query={people}
        what="people"
        cursor={cursor}
        onGo={(to) => void navigate({ search: (before) => ({ ...before, cursor: to }) })}
        count={(rows) => (rows === 1 ? '1 person' : `${rows} people`)}
        empty={
          q ? (
            <Empty
              icon={<IconUsers size={20} />}
              title="Nobody matches."
              action={
                <Link to={paths.people} search={{}}>
                  Clear the search
                </Link>
              }
            >
              Handles and names are searched.
            </Empty>
          ) : (
            <Empty icon={<IconUsers size={20} />} title="Nobody is here yet." />
          )
        }
      >
        {(rows) => <Rows label="People" rows={rows} columns={columns} keyOf={(person) => person.id} dim={(person) => !person.active} />}
      </Listing>
      <AddPerson opened={adding} onClose={add.close} />
    </Page>
  )
}
