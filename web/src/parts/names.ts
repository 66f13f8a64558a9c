import { useQuery } from '@tanstack/react-query'
import { api, data, type Schemas } from '~/api/client'

export type Name = Schemas['NameStoreNameRow']

/** Asks that come within a moment are one call; the page shows many names and reads them once. */
const waiting = new Map<string, Array<{ resolve: (name: Name | null) => void; reject: (error: unknown) => void }>>()
let timer: ReturnType<typeof setTimeout> | undefined
const MOST = 200

async function flush() {
  timer = undefined
  const asked = [...waiting.entries()]
  waiting.clear()
  for (let at = 0; at < asked.length; at += MOST) {
    const some = asked.slice(at, at + MOST)
    try {
      const { items } = await data(api.GET('/api/v1/names', { params: { query: { id: some.map(([id]) => id) } } }))
      const found = new Map(items.map((one) => [one.id, one]))
      for (const [id, those] of some) for (const one of those) one.resolve(found.get(id) ?? null)
    } catch (error) {
      for (const [, those] of some) for (const one of those) one.reject(error)
    }
  }
}

/** What an id stands for; null for one that nothing ever had. */
export function readName(id: string): Promise<Name | null> {
  return new Promise((resolve, reject) => {
    waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }])
    timer ??= setTimeout(() => void flush(), 8)
  })
}

/** The name behind an id, undefined while it is on its way. */
export function useName(id: string | undefined): Name | null | undefined {
  return useQuery({
    queryKey: ['directory', 'name', id],
    queryFn: () => readName(id!),
    enabled: id !== undefined && id !== '',
    staleTime: 5 * 60_000,
  }).data
}
