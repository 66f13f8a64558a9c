import type { Schemas } from '../src/api/client'

/** A small organization that lives as long as the process: enough to see every kind of row, and to vote. */

export type Who = Schemas['RequestViewsWho']
export type Row = Schemas['RequestViewsRequestRow']

export interface Somebody extends Who {
  roles: string[]
  teams: string[]
}

const person = (handle: string, name: string, team: string, ...roles: string[]): Somebody => ({
  id: `per_${handle}`,
  handle,
  name,
  kind: 'person',
  roles: roles.length > 0 ? roles : ['developer'],
  teams: team === '' ? [] : [`@${team}`],
})

export const people: Somebody[] = [
  person('bob', 'Bob Berger', 'sre'),
  person('ann', 'Ann Ahlgren', 'payments-team'),
  person('carol', 'Carol Costa', 'sre', 'developer', 'tech-lead'),
  person('dave', 'Dave Duarte', 'security', 'security_manager'),
  person('erin', 'Erin Eriksen', 'platform', 'policy_manager'),
  person('olivia', 'Olivia Okafor', 'platform', 'admin'),
  person('vera', 'Vera Vogel', '', 'viewer'),
]

export const PERMISSIONS = [
  'check', 'ask', 'redeem', 'requests-read', 'requests-cancel', 'vote', 'payload-reveal', 'directory-read', 'policy-read',
  'tokens-own', 'audit-read', 'directory-write', 'projects-write', 'policy-write', 'environments-freeze',
]

/** One request of the mock: its facts, and who has signed. */
export interface Asked {
  number: string
  action: Row['action']
  object: string
  title: string
  project?: string
  environment?: string
  cluster?: string
  subject: Somebody
  reason: string
  openedAt: number
  hours: number
  /** The teams of which one signature each is needed. */
  teams: string[]
  approvals: { who: Somebody; team: string; at: number; note: string }[]
  denial?: { who: Somebody; at: number; note: string }
  cancelledAt?: number
  change: string
}

const [bob, ann, , dave, erin] = people as [Somebody, Somebody, Somebody, Somebody, Somebody]
const HOUR = 3_600_000
const start = Date.now()

export const requests: Asked[] = [
  {
    number: 'AR-7',
    action: { id: 'command.execute', title: 'Command execution', risk: 'critical', emergency: false },
    title: 'Run a command on prod-eu',
    object: 'prod-eu',
    cluster: 'prod-eu',
    subject: ann,
    reason: 'Rotate the leaked webhook signing key (INC-2231).',
    openedAt: start - 4 * 60_000,
    hours: 0.5,
    teams: ['sre', 'security'],
    approvals: [],
    change: 'kubectl exec -n payments deploy/payments -- ./rotate-webhook-key\n',
  },
  {
    number: 'AR-6',
    action: { id: 'release.deploy', title: 'Release deploy', risk: 'high', emergency: false },
    title: 'Deploy payments 1.3 to production',
    object: 'payments 1.3',
    project: 'payments',
    environment: 'production',
    cluster: 'prod-eu',
    subject: ann,
    reason: 'Stops duplicate webhook deliveries. Ran in staging since Wednesday.',
    openedAt: start - 32 * 60_000,
    hours: 4,
    teams: ['sre', 'security'],
    approvals: [{ who: dave, team: 'security', at: start - 18 * 60_000, note: 'Read the diff.' }],
    change: 'replicas: 4 -> 6\nimage: payments:1.2 -> payments:1.3\n',
  },
  {
    number: 'AR-5',
    action: { id: 'cluster.scale', title: 'Cluster scale', risk: 'medium', emergency: false },
    title: 'Scale payments on prod-eu',
    object: 'prod-eu',
    cluster: 'prod-eu',
    subject: bob,
    reason: 'Expected load for the sale.',
    openedAt: start - 26 * HOUR,
    hours: 160,
    teams: ['sre'],
    approvals: [],
    change: 'kubectl scale deployment/payments --replicas=10\n',
  },
  {
    number: 'AR-4',
    action: { id: 'manifest.apply', title: 'Manifest apply', risk: 'high', emergency: false },
    title: 'Apply manifests to prod-eu',
    object: 'prod-eu',
    cluster: 'prod-eu',
    subject: erin,
    reason: 'More room for the sale.',
    openedAt: start - 50 * HOUR,
    hours: 24,
    teams: ['sre', 'security'],
    approvals: [],
    denial: { who: dave, at: start - 49 * HOUR, note: 'Sixty replicas do not fit. Ask for 12, and add the node pool first.' },
    change: 'replicas: 6 -> 60\n',
  },
]
