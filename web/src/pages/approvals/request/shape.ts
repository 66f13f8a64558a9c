import type { Schemas } from '~/api/client'

export type Who = Schemas['RequestViewsWho']
export type Vote = Schemas['RequestViewsVoteView']
export type TimelineItem = Schemas['RequestViewsTimelineItem']
export type FollowUp = Schemas['FollowUpViewsFollowUpView']
export type Requirement = Schemas['RequestViewsRequirementView']
/** One request in full. */
export type Detail = Schemas['RequestViewsRequestDetail']
