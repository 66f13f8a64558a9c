import type { Schemas } from '~/api/client'

export type Who = Schemas['RequestViewsWho']
export type Vote = Schemas['RequestViewsVoteView'] & { riskAcknowledged?: string }
export type TimelineItem = Schemas['RequestViewsTimelineItem']

/** An empty signature line. */
export interface Slot {
  label: string
  kind: string
  mine: boolean
  impossible: boolean
  people: Who[]
  total: number
}

export interface Signature {
  voteId: string
  person: Who
  at: string
  fills: string[]
}

export type Requirement = Schemas['RequestViewsRequirementView'] & {
  rule?: string
  signatures?: Signature[]
  /** A break-glass session passed it over. */
  bypassed?: boolean
  slots?: Slot[]
}

/** Something to be done after the request. */
export interface FollowUp {
  id: string
  request: string
  text: string
  owner: Who
  dueOn: string
  state: string
  madeBy: Who
  madeAt: string
  doneAt?: string
  doneBy?: Who
  note?: string
}

export interface IfYouApprove {
  completes: string[]
  completesRequest: boolean
  stillNeeded: string[]
  startsAtOnce: boolean
}

type Row = Required<Omit<Schemas['RequestViewsRequestRow'], 'unsatisfiableSince' | 'reason' | 'whyNot'>> &
  Pick<Schemas['RequestViewsRequestRow'], 'unsatisfiableSince' | 'reason' | 'whyNot'>

export type Detail = Omit<Row, 'resource'> & {
  resource: Schemas['RequestViewsWhere'] & { project?: string; environment?: string; cluster?: string; releaseName?: string }
} &
  Omit<Schemas['RequestViewsRequestDetail'], keyof Schemas['RequestViewsRequestRow'] | 'requirements' | 'votes'> & {
    requirements: Requirement[]
    votes: Vote[]
    title?: string
    titleObject?: string
    missing?: string
    why?: { code: string; title: string; detail: string }
    ifYouApprove?: IfYouApprove
    followUps?: FollowUp[]
    remindedAt?: string
    breakGlass?: { sessionId: string; session: string }
    excluded?: Array<{ who: Who; why: string; sentence: string }>
    excludedTotal?: number
    mayNotApprove?: string
    couldApproveTotal?: number
  }

/** What the request would do, as a sentence of what happens to what. */
export function titleOf(request: Detail): string {
  return request.title ?? `${request.action.title}: ${request.resource.name}`
}

/** How somebody stands to a request, and by which ways he is among the approvers of each requirement. */
export interface PersonStanding {
  person: Who
  canApprove: boolean
  sentence: string
  requirements: Array<{
    id: string
    requirement: string
    eligible: boolean
    why: string
    sentence: string
    paths: Array<{ kind: string; label: string; steps: Array<{ into: string; by?: Who; at?: string }> }>
  }>
}
