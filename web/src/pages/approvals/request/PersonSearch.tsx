import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data } from '~/api/client'

export interface Somebody {
  id: string
  name: string
}

interface PersonSearchProps {
  label: string
  value?: Somebody
  onChange: (somebody: Somebody | undefined) => void
  error?: string
  autofocus?: boolean
}

/** Finds a person by a few letters; the server does the finding. */
export function PersonSearch({ label, value, onChange, error, autofocus = false }: PersonSearchProps) {
  const [text, setText] = useState('')
  const [wanted] = useDebouncedValue(text, 200)
  const found = useQuery({
    queryKey: ['directory', 'people', 'search', wanted],
    queryFn: () => data(api.GET('/api/v1/people', { params: { query: { q: wanted || undefined, limit: 20 } } })),
    placeholderData: (before) => before,
    staleTime: 60_000,
  })
  const people = (found.data?.items ?? []).filter((one) => one.active)
  const options = people.map((one) => ({ value: one.id, label: `${one.name} (@${one.handle})` }))
  const all = value && !options.some((one) => one.value === value.id) ? [{ value: value.id, label: value.name }, ...options] : options
  return (
    <Select
      label={label}
      placeholder="Name or handle"
      searchable
      clearable
      data={all}
      filter={({ options: some }) => some}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={found.isFetching ? 'Looking…' : 'Nobody is called that.'}
      value={value?.id ?? null}
      onChange={(id) => {
        const one = people.find((person) => person.id === id)
        onChange(one ? { id: one.id, name: one.name } : undefined)
      }}
      error={error}
      data-autofocus={autofocus ? true : undefined}
    />
  )
}
