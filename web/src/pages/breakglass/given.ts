import { api, data } from '~/api/client'

/** For which actions, on which things and what lies below them, sessions may be opened. */
export interface Given {
  permission: string
  actions: string[]
  resources: string[]
}

/** What somebody was given by name. */
export const givenQuery = (principal: string) => ({
  queryKey: ['directory', 'permission-grants', principal],
  queryFn: () => data(api.GET('/api/v1/permission-grants', { params: { query: { principal, limit: 200 } } })),
  retry: false,
})

/** A thing, itself first, with what it lies below. */
export type Chain = ReadonlyArray<string | undefined>

/** Whether a session may be opened for this action there; nothing known about it hides nothing. */
export function mayOpenFor(given: Given[] | undefined, action: string, place: Chain): boolean {
  return given === undefined || within(given, place).some((one) => one.actions.includes(action))
}

/** The actions, of these, that may be in a session on all the things that were chosen so far. */
export function offeredActions(given: Given[] | undefined, actions: string[], chosen: Chain[]): string[] {
  if (given === undefined) return actions
  return actions.filter((action) => openings(given).some((one) => one.actions.includes(action)) && chosen.every((place) => mayOpenFor(given, action, place)))
}

/** Whether a thing may be in a session for all the actions that were chosen so far. */
export function offersPlace(given: Given[] | undefined, place: Chain, chosen: string[]): boolean {
  return given === undefined || (within(given, place).length > 0 && chosen.every((action) => mayOpenFor(given, action, place)))
}

function openings(given: Given[]): Given[] {
  return given.filter((one) => one.permission === 'breakglass-open')
}

function within(given: Given[], place: Chain): Given[] {
  return openings(given).filter((one) => one.resources.some((id) => place.includes(id)))
}
