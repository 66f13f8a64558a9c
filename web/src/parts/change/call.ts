import type { Rule } from '../ruleWords'
import type { CallContent } from './shape'

/** The policy that a call saves, if it saves one and all of it is here. */
export function ruleOf(content: CallContent): (Rule & { name?: string }) | undefined {
  const saves = /^(POST \/api\/v1\/templates|(PUT|PATCH) \/api\/v1\/templates\/[^/?]+)$/.test(`${content.method} ${content.path}`)
  if (!saves || content.body.some((line) => line.kind !== 'context' || line.continued)) return undefined
  try {
    const form: unknown = JSON.parse(content.body.map((line) => line.text).join('\n'))
    return typeof form === 'object' && form !== null && 'quorum' in form ? (form as Rule & { name?: string }) : undefined
  } catch {
    return undefined
  }
}
