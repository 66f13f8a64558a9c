import { useQuery } from '@tanstack/react-query'
import { rolesQuery } from './Choose'

/** Roles by their names, "Developer, Tech lead"; what is not known yet by its id. */
export function RoleNames({ of }: { of: readonly string[] }) {
  const roles = useQuery({ ...rolesQuery, staleTime: 60_000 }).data?.items ?? []
  return <>{of.map((id) => roles.find((one) => one.id === id)?.name ?? id).join(', ') || 'None'}</>
}
