import type { Schemas } from '~/api/client'

type Answer = Pick<Schemas['ExplanationsExplanation']['answer'], 'decision' | 'violations'>

/** Whether the ask is refused for nothing but that it says no reason. */
export function onlyReasonMissing({ decision, violations = [] }: Answer): boolean {
  return decision === 'deny' && violations.length > 0 && violations.every((one) => one.code === 'reason-required')
}
