import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data } from '~/api/client'
import type { Names } from '~/parts/ruleWords'
import type { Chosen } from './form'
import { rolesQuery, teamsQuery } from './queries'

interface PeoplePickerProps {
  label: string
  /** The label is for screen readers only, where the sentence around says it. */
  quiet?: boolean
  placeholder?: string
  value: Chosen
  names: Names
  /** Ids that became known by choosing them come with their names. */
  onChange: (value: Chosen, names: Names) => void
  error?: string | undefined
  description?: string
}

const KINDS = ['team', 'role', 'user'] as const

function keysOf(value: Chosen): string[] {
  return [
    ...value.teams.map((id) => `team:${id}`),
    ...value.roles.map((id) => `role:${id}`),
    ...value.users.map((id) => `user:${id}`),
  ]
}

function chosenOf(keys: string[]): Chosen {
  const of = (kind: (typeof KINDS)[number]) =>
    keys.filter((key) => key.startsWith(`${kind}:`)).map((key) => key.slice(kind.length + 1))
  return { teams: of('team'), roles: of('role'), users: of('user') }
}

/** People, teams and roles found by name. */
export function PeoplePicker({ label, quiet = false, placeholder, value, names, onChange, error, description }: PeoplePickerProps) {
  const [text, setText] = useState('')
  const [slow] = useDebouncedValue(text.trim(), 200)
  const teams = useQuery(teamsQuery).data?.items ?? []
  const roles = useQuery(rolesQuery).data?.items ?? []
  const people = useQuery({
    queryKey: ['directory', 'people', 'found', slow],
    queryFn: () => data(api.GET('/api/v1/people', { params: { query: { q: slow, limit: 20 } } })),
    placeholderData: (before) => before,
    staleTime: 15_000,
  })
  const wanted = text.trim().toLowerCase()
  const fits = (words: string) => !wanted || words.toLowerCase().includes(wanted)
  const chosen = new Set(keysOf(value))

  const groups = [
    { group: 'Teams', items: teams.map((team) => ({ value: `team:${team.id}`, label: team.name, words: `${team.name} ${team.handle}`, note: `${team.memberCount}` })) },
    { group: 'Roles', items: roles.map((role) => ({ value: `role:${role.id}`, label: role.name, words: `${role.name} ${role.id}`, note: `${role.holderCount}` })) },
    {
      group: 'People',
      items: (people.data?.items ?? []).map((person) => ({ value: `user:${person.id}`, label: person.name, words: `${person.name} ${person.handle}`, note: `@${person.handle}` })),
    },
  ]
  const known = new Map(groups.flatMap((group) => group.items.map((item) => [item.value, item] as const)))
  // What is chosen must be among the data for its name to be shown, found or not.
  const others = keysOf(value)
    .filter((key) => !known.has(key))
    .map((key) => ({ value: key, label: names[key.slice(key.indexOf(':') + 1)] ?? key.slice(key.indexOf(':') + 1), words: '', note: '' }))
  const notes = new Map([...known.values()].map((item) => [item.value, item.note]))

  return (
    <MultiSelect
      label={quiet ? undefined : label}
      aria-label={quiet ? label : undefined}
      description={description}
      placeholder={keysOf(value).length === 0 ? (placeholder ?? 'Add by name') : 'Add'}
      data={[...groups.map((group) => ({ group: group.group, items: group.items })), { group: 'Chosen', items: others }]}
      filter={({ options }) =>
        options.flatMap((option) => {
          if (!('group' in option)) return []
          const items = option.items.filter((item) => {
            const one = known.get(String(item.value))
            return one !== undefined && !chosen.has(one.value) && (one.value.startsWith('user:') || fits(one.words))
          })
          return items.length > 0 ? [{ group: option.group, items: items.slice(0, 30) }] : []
        })
      }
      renderOption={({ option }) => (
        <span style={{ display: 'flex', gap: 12, justifyContent: 'space-between', width: '100%' }}>
          <span>{option.label}</span>
          <span style={{ color: 'var(--cs-dim)' }}>{notes.get(String(option.value))}</span>
        </span>
      )}
      searchable
      hidePickedOptions
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={people.isFetching ? 'Looking…' : 'Nobody is called that.'}
      value={keysOf(value)}
      onChange={(keys) => {
        const more = Object.fromEntries(keys.map((key) => [key.slice(key.indexOf(':') + 1), known.get(key)?.label]).filter(([, name]) => name))
        onChange(chosenOf(keys), { ...names, ...(more as Names) })
        setText('')
      }}
      error={error}
      maxDropdownHeight={320}
    />
  )
}
