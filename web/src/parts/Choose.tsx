import { MultiSelect, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data } from '~/api/client'

interface ChooseProps {
  label: string
  description?: string
  error?: string | undefined
  value: string | null
  onChange: (id: string | null) => void
  /** Who is there already, and is not offered. */
  without?: readonly string[]
  required?: boolean
}

/** Somebody by name or handle, found as one types. */
export function ChoosePerson({ without = [], value, onChange, ...rest }: ChooseProps) {
  const [text, setText] = useState('')
  const [sought] = useDebouncedValue(text, 150)
  const found = useQuery({
    queryKey: ['directory', 'people', 'choose', sought],
    queryFn: () => data(api.GET('/api/v1/people', { params: { query: { q: sought || undefined, limit: 20 } } })),
    placeholderData: (before) => before,
  })
  const options = (found.data?.items ?? [])
    .filter((one) => !without.includes(one.id))
    .map((one) => ({ value: one.id, label: `${one.name} (@${one.handle})${one.active ? '' : ', deactivated'}` }))
  return (
    <Select
      {...rest}
      searchable
      clearable
      placeholder="Name or handle"
      nothingFoundMessage={found.isFetching ? 'Looking…' : 'Nobody is called that.'}
      data={options}
      filter={({ options: all }) => all}
      searchValue={text}
      onSearchChange={setText}
      value={value}
      onChange={onChange}
      withAsterisk={false}
    />
  )
}

/** All teams; organizations have tens of them, not thousands. */
export const teamsQuery = {
  queryKey: ['directory', 'teams', 'all'],
  queryFn: async () => {
    const teams = []
    let cursor: string | undefined
    do {
      const page = await data(api.GET('/api/v1/teams', { params: { query: { limit: 200, cursor } } }))
      teams.push(...page.items)
      cursor = page.nextCursor
    } while (cursor && teams.length < 2000)
    return { items: teams }
  },
}

/** All roles. */
export const rolesQuery = {
  queryKey: ['directory', 'roles', 'all'],
  queryFn: () => data(api.GET('/api/v1/roles', { params: { query: { limit: 200 } } })),
}

interface ChooseManyProps {
  label: string
  description?: string
  error?: string | undefined
  value: string[]
  onChange: (ids: string[]) => void
}

export function ChooseTeams(props: ChooseManyProps) {
  const teams = useQuery(teamsQuery).data?.items ?? []
  return (
    <MultiSelect
      {...props}
      searchable
      clearable
      nothingFoundMessage="No team is called that."
      data={teams.map((one) => ({ value: one.id, label: `${one.name} (@${one.handle})` }))}
    />
  )
}

export function ChooseRoles(props: ChooseManyProps) {
  const roles = useQuery(rolesQuery).data?.items ?? []
  return (
    <MultiSelect
      {...props}
      searchable
      clearable
      nothingFoundMessage="No role is called that."
      data={roles.map((one) => ({ value: one.id, label: one.name }))}
    />
  )
}
