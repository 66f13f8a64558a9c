/** What each permission allows, as a person says it. */
const words: Record<string, string> = {
  check: 'See what the gate would answer',
  ask: 'Ask to do something',
  evaluate: 'Check and ask over standard wires',
  'ask-on-behalf': 'Ask on behalf of others',
  redeem: 'Use own grants',
  'redeem-for-others': 'Redeem grants of others',
  'requests-read': 'Read requests',
  'requests-cancel': 'Cancel and resubmit own requests',
  vote: 'Approve and reject, where a policy says so',
  'vote-in-bulk': 'Approve or reject several requests at once',
  'follow-ups': 'Ask for something to be done after a request, and note that it is done',
  'cluster-tokens': 'Get a short-lived token for a cluster',
  'grants-revoke': 'Revoke grants that are not used yet',
  'payload-read-all': 'Read every payload',
  'payload-reveal': 'Look at likely secrets in payloads',
  'directory-read': 'Read people, teams, projects and environments',
  'directory-write': 'Change people, teams, roles, accounts and clusters',
  'projects-write': 'Change projects, releases and environments',
  'organization-write': 'Change the settings of the organization',
  'organizations-create': 'Make organizations',
  'policy-read': 'Read policies and explanations',
  'policy-write': 'Change policies and where they apply',
  'environments-freeze': 'Freeze and unfreeze environments',
  'breakglass-open': 'Open break-glass sessions',
  'credentials-confirm': 'Confirm that the right person uses a credential',
  'audit-read': 'Read the whole audit log',
  'signing-keys-rotate': 'Replace signing keys',
  'notifications-write': 'Change who is told of emergencies, and try deliveries again',
  'tokens-own': 'Make and revoke own tokens',
  'clock-write': 'Move a simulated clock',
}

export function permissionWords(id: string): string {
  return words[id] ?? id
}

/** Permissions that no role carries; each is given by name, for listed actions and places. */
export const oneByOne = ['breakglass-open', 'ask-on-behalf', 'redeem-for-others'] as const

/** What a token can be made for, and what it must be held to do so. */
export const scopes: ReadonlyArray<{ id: string; words: string; needs: readonly string[]; gated?: boolean }> = [
  { id: 'read', words: 'Read requests, people and policies', needs: ['requests-read'] },
  { id: 'check', words: 'See what the gate would answer', needs: ['check'] },
  { id: 'ask', words: 'Ask, cancel and resubmit', needs: ['ask'] },
  { id: 'redeem', words: 'Use grants', needs: ['redeem'] },
  { id: 'on-behalf', words: 'Ask on behalf of others', needs: ['ask-on-behalf'] },
  { id: 'cluster-token', words: 'Get short-lived tokens for clusters', needs: ['cluster-tokens'] },
  { id: 'vote', words: 'Approve and reject. At most 30 days, and making it may need approval', needs: ['vote'], gated: true },
  { id: 'policy', words: 'Change policies. Making it may need approval', needs: ['policy-write'], gated: true },
  { id: 'directory', words: 'Change people, projects and settings', needs: ['directory-write', 'projects-write', 'organization-write'] },
  { id: 'freeze', words: 'Freeze and unfreeze environments', needs: ['environments-freeze'] },
  { id: 'revoke', words: 'Revoke grants that are not used yet', needs: ['grants-revoke'] },
  { id: 'audit', words: 'Read the audit log and every payload', needs: ['audit-read'] },
]

/** The scopes that would reach anything for somebody with these permissions. */
export function scopesFor(permissions: readonly string[]): typeof scopes {
  return scopes.filter((scope) => scope.needs.some((one) => permissions.includes(one)))
}
