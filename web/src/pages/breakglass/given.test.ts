import { expect, test } from 'vitest'
import { offeredActions, offersPlace } from './given'

const release = { permission: 'breakglass-open', actions: ['release.deploy'], resources: ['production'] }
const restart = { permission: 'breakglass-open', actions: ['service.restart'], resources: ['payments'] }
const behalf = { permission: 'ask-on-behalf', actions: ['project.delete'], resources: ['organization'] }
const production = ['production', 'payments', 'organization']
const staging = ['staging', 'payments', 'organization']
const actions = ['project.delete', 'release.deploy', 'service.restart']

test('only actions are offered that sessions may be opened for', () => {
  expect(offeredActions([release, behalf], actions, [])).toEqual(['release.deploy'])
})

test('what was chosen narrows the other', () => {
  expect(offeredActions([release, restart], actions, [staging])).toEqual(['service.restart'])
  expect(offersPlace([release, restart], staging, ['release.deploy'])).toBe(false)
  expect(offersPlace([release, restart], production, ['release.deploy', 'service.restart'])).toBe(true)
})

test('a thing below what was given is offered, what lies above is not', () => {
  expect(offersPlace([restart], staging, [])).toBe(true)
  expect(offersPlace([restart], ['organization'], [])).toBe(false)
})

test('as long as nothing is known nothing is hidden', () => {
  expect(offeredActions(undefined, actions, [staging])).toEqual(actions)
  expect(offersPlace(undefined, staging, actions)).toBe(true)
})
