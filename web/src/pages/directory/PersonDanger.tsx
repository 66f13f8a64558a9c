import { api, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { AccessCard } from './AccessCard'

/** What takes somebody's access away. */
export function PersonDanger({ person }: { person: Schemas['PeoplePersonView'] }) {
  const params = { path: { id: person.id }, header: { 'If-Match': `"${person.version}"` } }
  return (
    <AccessCard
      of={person}
      change={(active) => api.PATCH('/api/v1/people/{id}', { params, body: { active } })}
      remove={() => api.DELETE('/api/v1/people/{id}', { params })}
      list={paths.people}
      label="The person’s handle"
      words={{
        deactivate: `${person.name} is signed out everywhere and all tokens end. Votes on pending requests no longer count. Roles and teams stay, and it can be undone.`,
        activate: `${person.name} can sign in again, with the same roles and teams. Tokens that ended stay ended.`,
        remove: `Roles, teams, sessions and tokens end at once. This cannot be undone; the audit log keeps what ${person.name} did.`,
      }}
    />
  )
}
