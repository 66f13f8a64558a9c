import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { api, Problem, type Schemas } from '~/api/client'
import { readEvents } from '~/parts/serverEvents'
import type { TemplateForm } from './queries'
import { clustersQuery, environmentsQuery, projectsQuery } from './queries'

export type Replay = Schemas['ReplayView']
type DraftBinding = Schemas['DraftsDraftBinding']

export interface Replaying {
  result: Replay | undefined
  progress: { done: number; total: number } | undefined
  error: unknown
  again: () => void
}

/** Where a policy that is bound to nothing yet is tried: at the widest level it may be bound to. */
export function useTrialBindings(scope: string[]): { bindings: DraftBinding[]; words: string } | undefined {
  const level = ['organization', 'environment', 'project', 'cluster'].find((one) => scope.includes(one))
  const environments = useQuery({ ...environmentsQuery, enabled: level === 'environment' }).data?.items
  const projects = useQuery({ ...projectsQuery, enabled: level === 'project' }).data?.items
  const clusters = useQuery({ ...clustersQuery, enabled: level === 'cluster' }).data?.items
  return useMemo(() => {
    if (level === 'organization') return { bindings: [{ level }], words: 'as if bound to the organization' }
    if (level === 'environment' && environments) {
      const production = environments.filter((one) => one.tier === 'production').map((one) => one.name)
      const names = [...new Set(production)].slice(0, 100)
      return { bindings: names.map((environmentName) => ({ level, environmentName })), words: 'as if bound to every production environment' }
    }
    if (level === 'project' && projects) {
      return { bindings: projects.slice(0, 100).map((one) => ({ level, targetId: one.id })), words: 'as if bound to every project' }
    }
    if (level === 'cluster' && clusters) {
      return { bindings: clusters.slice(0, 100).map((one) => ({ level, targetId: one.id })), words: 'as if bound to every cluster' }
    }
    return undefined
  }, [level, environments, projects, clusters])
}

/** Tries a draft on the recorded asks of the last 30 days, as often as it changes; an older run ends when a newer begins. */
export function useReplay(body: { template: TemplateForm; templateId?: string | undefined; bindings: DraftBinding[] } | undefined): Replaying {
  const [state, setState] = useState<Omit<Replaying, 'again'>>({ result: undefined, progress: undefined, error: undefined })
  const [round, setRound] = useState(0)
  const text = body ? JSON.stringify(body) : undefined

  useEffect(() => {
    if (!text) return undefined
    const stop = new AbortController()
    const timer = setTimeout(() => {
      setState((before) => ({ ...before, error: undefined, progress: { done: 0, total: 0 } }))
      void run(text, stop.signal, setState)
    }, 900)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text, round])

  return { ...state, again: () => setRound((now) => now + 1) }
}

async function run(
  text: string,
  signal: AbortSignal,
  tell: (change: (before: Omit<Replaying, 'again'>) => Omit<Replaying, 'again'>) => void,
): Promise<void> {
  try {
    const answer = await api.POST('/api/v1/replays', {
      body: { ...(JSON.parse(text) as Schemas['ReplayForm']), limit: 0 },
      headers: { Accept: 'text/event-stream' },
      parseAs: 'stream',
      signal,
    })
    if (!answer.response.body && !answer.data) throw Problem.unreachable()
    await readEvents((answer.data ?? answer.response.body) as unknown as ReadableStream<Uint8Array>, (event) => {
      if (signal.aborted) return
      if (event.name === 'progress') {
        const progress = JSON.parse(event.data) as { done: number; total: number }
        tell((before) => ({ ...before, progress }))
      } else if (event.name === 'result') {
        const result = JSON.parse(event.data) as Replay
        tell(() => ({ result, progress: undefined, error: undefined }))
      } else if (event.name === 'failed') {
        const problem = JSON.parse(event.data) as Record<string, unknown>
        tell((before) => ({ ...before, progress: undefined, error: new Problem(Number(problem.status ?? 500), problem) }))
      }
    })
  } catch (error) {
    if (!signal.aborted) tell((before) => ({ ...before, progress: undefined, error }))
  }
}
