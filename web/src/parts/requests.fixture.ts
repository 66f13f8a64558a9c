import type { Row } from './requests'

/** A pending request of medium risk that this reader can approve, for tests; what is given stands instead. */
export function aRow({ risk = 'medium', ...given }: Partial<Row> & { risk?: string }): Row {
  return {
    id: `id-${given.number ?? 'AR-7'}`,
    number: 'AR-7',
    title: 'Scale payments-api on prod-eu-1',
    titleObject: 'payments-api',
    state: 'pending',
    stale: false,
    action: { id: 'cluster.scale', title: 'Scale workloads', risk, emergency: false },
    resource: { type: 'cluster', id: 'c1', name: 'prod-eu-1', attributes: {} },
    subject: { id: 'p1', handle: 'ann', name: 'Ann', kind: 'person' },
    caller: { id: 'p1', handle: 'ann', name: 'Ann', kind: 'person' },
    openedAt: '2026-11-29T11:00:00Z',
    deadline: '2026-11-29T15:00:00Z',
    payloadDigest: 'sha256:00',
    progress: [{ name: 'Production', approvals: 0, needed: 1, met: false }],
    signed: [],
    approvals: 0,
    needed: 1,
    slots: [],
    canApprove: true,
    why: { code: 'can-approve', title: 'You can approve', detail: '' },
    ...given,
  }
}
