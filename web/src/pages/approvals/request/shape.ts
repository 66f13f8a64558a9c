import type { Schemas } from '~/api/client'

export type Who = Schemas['RequestViewsWho']
export type Vote = Schemas['RequestViewsVoteView']
export type TimelineItem = Schemas['RequestViewsTimelineItem']
export type FollowUp = Schemas['FollowUpViewsFollowUpView']

/** One requirement; what break-glass passed over is told by servers that have it. */
export type Requirement = Schemas['RequestViewsRequirementView'] & { bypassed?: boolean }

type Row = Schemas['RequestViewsRequestRow']
type Rest = Omit<Schemas['RequestViewsRequestDetail'], keyof Row | 'requirements'>

/** One request in full: the row of a list, whose fields are all there, and the rest. */
export type Detail = Row &
  Rest & {
    requirements: Requirement[]
    /** The session by which it passed. */
    breakGlass?: { sessionId: string; session: string }
  }
