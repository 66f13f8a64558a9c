import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCircleCheck, IconKey, IconPencil } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, data, newKey, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay, useMe } from '~/app/session'
import { Named } from '~/parts/Named'
import { Face } from '~/parts/PersonChip'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Facts } from '~/ui/Facts'
import { Link } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import { Time } from '~/ui/Time'
import { Approvable } from './Approvable'
import { CredentialMark } from './CredentialMark'
import { EditPerson } from './EditPerson'
import { GivenPermissions } from './GivenPermissions'
import { useOneTimeLink } from './OneTimeLink'
import { OpenRequests } from './OpenRequests'
import { PersonDanger } from './PersonDanger'
import { RolesOf } from './RolesOf'
import { Sessions } from './Sessions'
import { TeamsOf } from './TeamsOf'

const route = getRouteApi('/inside/people/$person')

/** One person: where he belongs and who decided it, what he can approve, and how he signs in. */
export function PersonPage() {
  const { person: id } = route.useParams()
  const { data: person } = useSuspenseQuery({
    queryKey: ['directory', 'person', id],
    queryFn: () => data(api.GET('/api/v1/people/{id}', { params: { path: { id } } })),
  })
  const mayChange = useMay('directory-write')
  const [editing, edit] = useDisclosure(false)
  return (
    <Page
      title={person.name}
      width="detail"
      crumbs={<Link to={paths.people}>People</Link>}
      heading={
        <Group gap={10} wrap="nowrap">
          <Face id={person.id} name={person.name} size={28} /> {person.name}
        </Group>
      }
      facts={
        <>
          <span>@{person.handle}</span>
          <CredentialMark person={person} boxed />
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
            <Access person={person} />
            {mayChange ? <Sessions personId={person.id} /> : null}
            <Card title="Facts">
              <Facts
                of={[
                  ['Handle', `@${person.handle}`],
                  ['E-mail', person.email ?? 'None'],
                  ['Added by', <Named key="by" id={person.createdBy} />],
                  ['Added', <Time key="at" at={person.createdAt} />],
                ]}
              />
            </Card>
            {mayChange ? <PersonDanger person={person} /> : null}
          </>
        }
      >
        <RolesOf holder={person} />
        <TeamsOf person={person} />
        <Approvable personId={person.id} name={person.name} />
        <OpenRequests requesterId={person.id} name={person.name} />
        <GivenPermissions principalId={person.id} name={person.name} />
      </Columns>
      <EditPerson person={person} opened={editing} onClose={edit.close} />
    </Page>
  )
}

/** How somebody gets in: the password, who made its link, and whether it is sure that the right person has it. */
function Access({ person }: { person: Schemas['PeoplePersonView'] }) {
  const client = useQueryClient()
  const me = useMe()
  const mayChange = useMay('directory-write')
  const mayConfirm = useMay('credentials-confirm')
  const link = useOneTimeLink()
  const confirm = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/people/{id}/credential-confirmation', { params: { path: { id: person.id }, header: { 'Idempotency-Key': newKey() } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['directory'] }),
  })
  const fresh = person.credential === 'none'
  return (
    <Card title="Credential">
      {fresh ? (
        <Note tone="pending" title="No password yet.">
          A one-time link lets {person.name} set one.
        </Note>
      ) : (
        <Facts
          of={[
            ['Password', person.credential === 'confirmed' ? 'Set, and confirmed' : 'Set by a link'],
            ['Link made by', person.credentialMaker ? <Named key="maker" id={person.credentialMaker} /> : undefined],
          ]}
        />
      )}
      {person.credential === 'unconfirmed' ? (
        <Note tone="pending" title="Nobody has confirmed that the right person uses it.">
          Until then, what {person.name} approves does not count for asks of the person who made the link.
          {person.credentialMaker === me.id ? ' You made the link, so somebody else confirms it.' : ''}
          {person.id === me.id ? ' Somebody else confirms it for you.' : ''}
        </Note>
      ) : null}
      {confirm.error ? <ProblemNote error={confirm.error} what="It was not confirmed." /> : null}
      <Group gap={6} mt={10}>
        {mayConfirm && person.credential === 'unconfirmed' && person.credentialMaker !== me.id && person.id !== me.id ? (
          <Button variant="default" leftSection={<IconCircleCheck size={15} aria-hidden />} loading={confirm.isPending} onClick={() => confirm.mutate()}>
            Confirm the person
          </Button>
        ) : null}
        {mayChange ? (
          <Button
            variant="default"
            leftSection={<IconKey size={15} aria-hidden />}
            loading={link.busy}
            onClick={() => link.make({ personId: person.id, name: person.name, kind: fresh ? 'enrolment' : 'reset' })}
          >
            {fresh ? 'Make a one-time link' : 'Make a reset link'}
          </Button>
        ) : null}
      </Group>
      {link.shown}
    </Card>
  )
}
