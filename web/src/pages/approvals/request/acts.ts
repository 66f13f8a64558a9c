import { api, data, type Schemas } from '~/api/client'
import type { Detail } from './shape'

/** Gives the password once more, so that this sign-in counts as recent. */
export async function confirmSignIn(password: string): Promise<void> {
  await api.POST('/api/v1/sessions/current/confirmation', { body: { password } })
}

/** Has those reminded who could close it. */
export function remind(request: string): Promise<Detail> {
  return data(api.POST('/api/v1/requests/{request}/reminders', { params: { path: { request } } }))
}

/** Notes a follow-up as done. */
export async function completeFollowUp(followUp: string): Promise<void> {
  await api.POST('/api/v1/follow-ups/{followUp}/completion', { params: { path: { followUp } }, body: {} })
}

/** Why somebody can or cannot approve. */
export function readStanding(request: string, person: string): Promise<Schemas['StandingsPersonStanding']> {
  return data(api.GET('/api/v1/requests/{request}/standing', { params: { path: { request }, query: { person } } }))
}
