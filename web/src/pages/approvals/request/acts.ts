import { api, data } from '~/api/client'
import type { Detail, PersonStanding } from './shape'

/** Calls that the document of this version does not describe yet; they go the same way as all others. */
const calls = api as unknown as {
  GET: (path: string, options: object) => Promise<{ data?: unknown }>
  POST: (path: string, options: object) => Promise<{ data?: unknown }>
}

/** Gives the password once more, so that this sign-in counts as recent. */
export async function confirmSignIn(password: string): Promise<void> {
  await calls.POST('/api/v1/sessions/current/confirmation', { body: { password } })
}

/** Has those reminded who could close it. */
export async function remind(request: string): Promise<Detail> {
  return (await data(calls.POST('/api/v1/requests/{request}/reminders', { params: { path: { request } } }))) as Detail
}

/** Notes a follow-up as done. */
export async function completeFollowUp(followUp: string): Promise<void> {
  await calls.POST('/api/v1/follow-ups/{followUp}/completion', { params: { path: { followUp } }, body: {} })
}

/** Why somebody can or cannot approve. */
export async function readStanding(request: string, person: string): Promise<PersonStanding> {
  return (await data(calls.GET('/api/v1/requests/{request}/standing', { params: { path: { request }, query: { person } } }))) as PersonStanding
}
