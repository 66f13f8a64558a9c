import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, data, Problem } from '~/api/client'
import { type Draft, formOf } from './form'
import type { Preview } from './queries'

/** Why a sheet that was only just begun cannot be read yet; nobody needs to be told that in red. */
const UNBEGUN = new Set(['approvers'])

export interface Previewed {
  /** What the policy means; of an earlier text while the present one cannot be read. */
  preview: Preview | undefined
  /** What is wrong with the present text. */
  problem: Problem | undefined
  /** Only that nobody is named yet. */
  unbegun: boolean
  error: unknown
  retry: () => void
  /** The preview is of what is in the form now. */
  current: boolean
}

/** What the server makes of a draft, a moment after the last change. */
export function usePreview(draft: Draft): Previewed {
  const form = formOf(draft)
  // A sheet without a name can be looked at all the same.
  const body = JSON.stringify({ ...form, name: form.name || 'Unnamed policy' })
  const [slow] = useDebouncedValue(body, 350)
  const query = useQuery({
    queryKey: ['policies', 'preview', slow],
    queryFn: () => data(api.POST('/api/v1/previews', { body: { template: JSON.parse(slow) as typeof form } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const problem = query.error instanceof Problem && query.error.status === 400 ? query.error : undefined
  return {
    preview: query.data,
    problem,
    unbegun: problem !== undefined && problem.violations.every((one) => UNBEGUN.has(one.field ?? '')),
    error: query.isError && !problem ? query.error : undefined,
    retry: () => void query.refetch(),
    current: slow === body && !query.isFetching && !query.isPlaceholderData,
  }
}
