import type { Detail, Vote, Who } from './shape'

/** A request for tests: pending, nobody has voted. */
export const jane: Who = { id: 'p_jane', handle: 'jane', name: 'Jane Okafor', kind: 'person' }
export const mara: Who = { id: 'p_mara', handle: 'mara', name: 'Mara Lindqvist', kind: 'person' }
export const noor: Who = { id: 'p_noor', handle: 'noor', name: 'Noor Haddad', kind: 'person' }

export function voteOf(person: Who, vote: 'approve' | 'deny', more: Partial<Vote> = {}): Vote {
  return { id: `v_${person.id}`, person, vote, at: '2026-11-27T13:20:00Z', channel: 'web', ...more }
}

export function requestOf(more: Partial<Detail> = {}): Detail {
  return {
    id: 'r_1',
    number: 'AR-42',
    state: 'pending',
    title: 'Deploy payments v2.31.0 to production',
    titleObject: 'payments v2.31.0',
    stale: false,
    action: { id: 'release.deploy', title: 'Deploy a release', risk: 'high', emergency: false },
    resource: { type: 'environment', id: 'e_1', name: 'payments/production', attributes: {} },
    subject: jane,
    caller: jane,
    openedAt: '2026-11-27T13:00:00Z',
    deadline: '2026-11-27T17:00:00Z',
    payloadDigest: `sha256:${'0'.repeat(64)}`,
    progress: [],
    signed: [],
    approvals: 0,
    needed: 1,
    slots: [],
    missing: 'SRE missing',
    canApprove: true,
    why: { code: 'can-approve', title: 'You can approve', detail: 'as SRE; yours completes it' },
    requirements: [
      {
        id: 'q_1', ruleId: 't_1', version: 7, bindingId: 'b_1', name: 'Production deploy gate', description: '', met: false,
      bypassed: false, approvals: 0,
        needed: 1, counted: [], lapsed: [], missing: ['an approval from team SRE'], unsatisfiable: false, closers: [mara, noor], eligible: 5,
        requesterCanApprove: false, rule: '1 person from SRE', signatures: [],
        slots: [{ label: 'SRE', kind: 'team', mine: false, impossible: false, people: [mara, noor], total: 5 }],
      },
    ],
    votes: [],
    couldApprove: [mara, noor],
    couldApproveTotal: 2,
    excluded: [],
    excludedTotal: 0,
    followUps: [],
    earlierDenials: [],
    payloadReadable: true,
    owners: [],
    authors: [],
    ...more,
  }
}
