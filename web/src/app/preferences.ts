import { useMantineColorScheme } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, data, type Schemas } from '~/api/client'
import { setSingleKeys } from './keys'

export type Preferences = Schemas['PreferencesPreferences']

/** What somebody prefers, wherever he signs in. */
export const preferencesQuery = queryOptions({
  queryKey: ['me', 'preferences'],
  queryFn: () => data(api.GET('/api/v1/me/preferences')),
  staleTime: 60_000,
})

/** Colours as the server words them, and as the page does. */
export const schemeOf = (theme: string | undefined) => (theme === 'light' || theme === 'dark' ? theme : 'auto')
export const themeOf = (scheme: string) => (scheme === 'auto' ? 'system' : scheme)

/** Lets this browser follow what was preferred anywhere. */
export function useFollowPreferences(): void {
  const preferences = useQuery(preferencesQuery).data
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    if (!preferences) return
    setColorScheme(schemeOf(preferences.theme))
    setSingleKeys(preferences.singleKeys !== false)
    // Only what the server says is followed; what is chosen here is saved and comes back.
  }, [preferences?.theme, preferences?.singleKeys])
}

/** Changes what is preferred: here at once, for it can be undone, and then everywhere. */
export function useChangePreferences() {
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: async (part: Partial<Preferences>) => {
      const present = await client.ensureQueryData(preferencesQuery)
      return data(api.PUT('/api/v1/me/preferences', { body: { ...present, ...part } }))
    },
    onMutate: (part) => {
      const before = client.getQueryData(preferencesQuery.queryKey)
      client.setQueryData(preferencesQuery.queryKey, (now) => (now ? { ...now, ...part } : now))
      return { before }
    },
    onError: (_error, _part, kept) => {
      if (kept?.before) client.setQueryData(preferencesQuery.queryKey, kept.before)
    },
    onSuccess: (saved) => client.setQueryData(preferencesQuery.queryKey, saved),
  })
  return { change: save.mutate, error: save.error }
}
