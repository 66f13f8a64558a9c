import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconStack2 } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { EnvironmentMark, FrozenMark } from '~/parts/EnvironmentTag'
import { environmentsQuery } from '~/parts/places'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Page } from '~/ui/Page'
import { type Column, Rows } from '~/ui/Rows'
import classes from './Places.module.css'
import { AddThing } from './ThingForm'

type Project = Schemas['ThingViewsThingView']

const route = getRouteApi('/inside/projects')

/** The projects, each with its environments. */
export function ProjectsPage() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const mayChange = useMay('projects-write')
  const [adding, add] = useDisclosure(false)
  const projects = useQuery({
    queryKey: ['places', 'projects', cursor],
    queryFn: () => data(api.GET('/api/v1/projects', { params: { query: { cursor, limit: 50 } } })),
    placeholderData: keepPreviousData,
  })
  const environments = useQuery(environmentsQuery).data
  const columns: ReadonlyArray<Column<Project>> = [
    {
      head: 'Project',
      bare: true,
      cell: (project) => (
        <>
          <Link to={paths.project} params={{ project: project.name }}>
            {project.name}
          </Link>
          {project.description ? <div className={classes.about}>{project.description}</div> : null}
        </>
      ),
    },
    {
      head: 'Environments',
      cell: (project) => {
        if (!environments) return '…'
        const own = environments.filter((one) => one.projectId === project.id)
        return own.length === 0 ? (
          'None'
        ) : (
          <span className={classes.marks}>
            {own.map((one) => (
              <span key={one.id} className={classes.mark}>
                <EnvironmentMark name={one.name} tier={one.tier} /> {one.frozen ? <FrozenMark /> : null}
              </span>
            ))}
          </span>
        )
      },
    },
  ]
  return (
    <Page
      title="Projects"
      actions={
        mayChange ? (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add.open}>
            Add project
          </Button>
        ) : null
      }
    >
      <Listing
        query={projects}
        what="projects"
        cursor={cursor}
        onGo={(to) => void navigate({ search: to ? { cursor: to } : {} })}
        count={(rows) => (rows === 1 ? '1 project' : `${rows} projects`)}
        empty={
          <Empty icon={<IconStack2 size={20} />} title="No project yet.">
            A project has environments, and what is deployed to them is what policies protect.
          </Empty>
        }
      >
        {(rows) => <Rows label="Projects" rows={rows} columns={columns} keyOf={(one) => one.id} />}
      </Listing>
      <AddThing kind="project" opened={adding} onClose={add.close} />
    </Page>
  )
}
