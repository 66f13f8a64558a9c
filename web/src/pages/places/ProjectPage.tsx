import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPencil } from '@tabler/icons-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Held } from '~/parts/Held'
import { useOwnAct } from '~/parts/ownAct'
import { Reason, reasonHeader } from '~/parts/Reason'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Confirm } from '~/ui/Confirm'
import { Copy } from '~/ui/Copy'
import { Facts } from '~/ui/Facts'
import { Link } from '~/ui/Link'
import { Page } from '~/ui/Page'
import { Environments } from './Environments'
import { Releases } from './Releases'
import { EditThing, useThingEdit } from './ThingForm'

type Project = Schemas['ThingViewsThingView']

const route = getRouteApi('/inside/projects/$project')

/** One project: its environments with their freezes, and its releases. */
export function ProjectPage() {
  const { project: id } = route.useParams()
  const { data: project } = useSuspenseQuery({
    queryKey: ['places', 'project', id],
    queryFn: () => data(api.GET('/api/v1/projects/{project}', { params: { path: { project: id } } })),
  })
  const mayChange = useMay('projects-write')
  const mayDelete = useMay('directory-write')
  const [editing, edit] = useDisclosure(false)
  const navigate = useNavigate()
  // An address with its name would lead nowhere once it has another.
  const change = useThingEdit('project', `project-edit-${project.id}`, edit.close, () => {
    void navigate({ to: paths.project, params: { project: project.id }, replace: true })
  })
  return (
    <Page
      title={project.name}
      width="detail"
      crumbs={<Link to={paths.projects}>Projects</Link>}
      facts={project.description || undefined}
      actions={
        mayChange ? (
          <Button variant="default" leftSection={<IconPencil size={15} aria-hidden />} onClick={edit.open}>
            Edit
          </Button>
        ) : null
      }
    >
      <Held act={change} what={`Rename ${project.name}`} />
      <Columns
        side={
          <>
            <Card title="Facts">
              <Facts
                of={[
                  ['Name', project.name],
                  [
                    'Id',
                    <span key="id">
                      <code>{project.id}</code> <Copy text={project.id} what="id" />
                    </span>,
                  ],
                ]}
              />
            </Card>
            {mayDelete ? <DeleteProject project={project} /> : null}
          </>
        }
      >
        <Environments project={project} />
        <Releases project={project} />
      </Columns>
      <EditThing thing={project} opened={editing} onClose={edit.close} act={change} />
    </Page>
  )
}

function DeleteProject({ project }: { project: Project }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, ask] = useDisclosure(false)
  const [reason, setReason] = useState('')
  const remove = useOwnAct<{ reason: string }>({
    name: `project-delete-${project.id}`,
    touches: [],
    onSent: ask.close,
    act: (wish) => api.DELETE('/api/v1/projects/{project}', { params: { path: { project: project.id } }, headers: reasonHeader(wish.reason) }),
    onDone: () => {
      void navigate({ to: paths.projects }).then(() => client.invalidateQueries({ queryKey: ['places'] }))
    },
  })
  return (
    <Card title="Delete">
      <Held act={remove} what={`Delete ${project.name}`} />
      <Button
        variant="outline"
        color="bad"
        onClick={() => {
          remove.reset()
          setReason('')
          ask.open()
        }}
      >
        Delete project…
      </Button>
      <Confirm opened={asking} onClose={ask.close} title={`Delete ${project.name}?`} verb="Delete" tone="bad" typed={{ text: project.name, label: 'The project’s name' }} onConfirm={() => remove.run({ reason })} busy={remove.busy} error={remove.error}>
        Its environments go with it, and where policies apply to them ends. Requests and the audit log stay. This cannot be undone.
        <Reason value={reason} onChange={setReason} />
      </Confirm>
    </Card>
  )
}
