import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, data, Problem } from '~/api/client'
import { type Draft, formOf, nobodyYet } from './form'
import type { Preview } from './queries'

export interface Previewed {
  /** What the policy means; of an earlier text while the present one cannot be read. */
  preview: Preview | undefined
  /** What is wrong with the present text. */
  problem: Problem | undefined
  /** Nobody is named yet who could approve. */
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
  // Until somebody is named there is nothing to say, and nobody needs to be told that in red.
  const unbegun = nobodyYet(draft)
  const query = useQuery({
    // What is sent is a moment old: it must have named somebody too.
    enabled: !unbegun && slow === body,
    queryKey: ['policies', 'preview', slow],
    queryFn: () => data(api.POST('/api/v1/previews', { body: { template: JSON.parse(slow) as typeof form } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const problem = !unbegun && query.error instanceof Problem && query.error.status === 400 ? query.error : undefined
  return {
    preview: unbegun ? undefined : query.data,
    problem,
    unbegun,
    error: query.isError && !problem && !unbegun ? query.error : undefined,
    retry: () => void query.refetch(),
    current: unbegun || (slow === body && !query.isFetching && !query.isPlaceholderData),
  }
}
