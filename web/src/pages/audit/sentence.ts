import { changedFields, type FieldChange, fieldChanges } from './changes'

/** One piece of a sentence: words, something with an id that has a name, a kind of action, code, or a value as it is kept beside its words. */
export type Piece = string | { id: string } | { action: string } | { code: string } | { value: string; kept: string }

type Fields = Readonly<Record<string, unknown>>
type Teller = (of: Fields) => Piece[]

const text = (value: unknown): string => (typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value))
const id = (value: unknown): Piece => (text(value) ? { id: text(value) } : 'somebody')
const action = (value: unknown): Piece => ({ action: text(value) })
const code = (value: unknown): Piece => ({ code: text(value) })
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : [])
const count = (value: unknown, one: string, many: string): string => (Number(value) === 1 ? `1 ${one}` : `${text(value) || 0} ${many}`)
const quote = (value: unknown): string => (text(value) ? `: “${text(value)}”` : '')

/** A sentence written as a template, its holes filled with pieces or words. */
function say(words: TemplateStringsArray, ...holes: Array<Piece | Piece[]>): Piece[] {
  return words.flatMap((word, at) => [...(word ? [word] : []), ...(at < holes.length ? [holes[at]!].flat() : [])])
}

/** "name, description": which fields changed, without what they were. */
const changed = (value: unknown): string => changedFields(value)

/** "stale after 4 hours (was 24 hours)", several one after the other. */
function settings(value: unknown): Piece[] {
  return fieldChanges(value).flatMap((one: FieldChange, at): Piece[] => {
    const start = at === 0 ? '' : '; '
    if (!one.after) return [start + one.words]
    return [`${start}${one.words} `, { value: one.after.words, kept: one.after.kept }, ' (was ', { value: one.before.words, kept: one.before.kept }, ')']
  })
}

/** Several ids as "A, B and C". */
function ids(value: unknown): Piece[] {
  const all = list(value)
  return all.flatMap((one, at) => [...(at === 0 ? [] : [at === all.length - 1 ? ' and ' : ', ']), { id: one } as Piece])
}

/** A resource is kept by its name; `environment:env_1` is the thing with that id. */
function resource(value: unknown): Piece {
  const [, thing] = /^[a-z]+:(.+)$/.exec(text(value)) ?? []
  return thing ? { id: thing } : text(value)
}

const refusals: Record<string, string> = {
  'session-not-found': 'there is no such session',
  'session-not-yours': 'it is somebody else’s',
  'session-not-for-agents': 'no agent uses a session',
  'session-not-active': 'it was not active',
  'outside-session-scope': 'that is outside its scope',
}
const endings: Record<string, string> = {
  time: 'its time was over',
  revoked: 'before its time',
  'owner-disabled': 'its owner was deactivated',
  'permission-taken': 'its owner lost the permission',
  'maximum-lowered': 'the organization shortened how long sessions may last',
  denied: 'the opening was denied',
  expired: 'nobody approved the opening in time',
  cancelled: 'the opening was withdrawn',
}
const inWords = (known: Record<string, string>, value: unknown): string => known[text(value)] ?? text(value).replaceAll('-', ' ')

/** Who was told: a person by his name, a webhook or an address by what it is; the settings say which. */
function recipient(of: Fields) {
  if (text(of.recipientId).startsWith('per_')) return say`${id(of.recipientId)}`
  return of.means === 'webhook' ? say`a webhook` : say`a further address`
}

/** What somebody was told of, beside the kind of entry it was and its place in the log. */
const occasions: Record<string, string> = {
  'breakglass-requested': 'the wish to open',
  'breakglass-opened': 'the opening',
  'breakglass-not-opened': 'an opening that came to nothing',
  'breakglass-refused': 'a refusal',
  'breakglass-unneeded': 'a use that was not needed',
  'breakglass-revoked': 'the end before its time',
  'breakglass-ended': 'the end',
  'breakglass-reminder': 'a reminder',
  'breakglass-closed': 'the closure',
  'breakglass-reviewed': 'the review',
  'breakglass-overdue': 'something overdue',
  'request-bypassed': 'what passed without approval',
  'request-opened': 'an emergency ask',
  'request-approved': 'the approval of an emergency ask',
  'request-executed': 'the outcome',
  'action-type-added': 'a new kind of emergency action',
  'grant-redeemed': 'the use',
}
function occasion(of: Fields): Piece[] {
  const kept = text(of.about)
  return [{ value: occasions[kept] ?? typeWords(kept), kept }, ` (entry ${text(of.leafIndex)})`]
}

const glass = (of: Fields): string => text((of.glass as Fields | undefined)?.session) || 'a session'

const tellers: Record<string, Teller> = {
  // At the doors.
  'call-refused': (of) => say`Was refused ${code(`${text(of.method)} ${text(of.path)}`)}: ${text(of.detail) || text(of.code)}`,
  'calls-refused': (of) => say`${count(of.calls, 'more call', 'more calls')} of ${id(of.principalId)} refused within ${count(of.seconds, 'second', 'seconds')}`,
  'signed-in': () => say`Signed in`,
  'sign-in-failed': (of) => say`Sign-in as ${code(of.handle)} failed, from ${code(of.address)}`,
  'sign-in-confirmed': () => say`Gave the password again`,
  'signed-out': () => say`Signed out`,
  'signed-out-everywhere': (of) => say`Signed out everywhere, ${count(of.sessions, 'session', 'sessions')}`,
  'link-made': (of) => say`Made a one-time ${text(of.kind)} link for ${id(of.personId)}`,
  'link-opened': (of) => say`${id(of.personId)} set a password with the ${text(of.kind)} link that ${id(of.makerId)} made`,
  'password-changed': () => say`Changed the password`,
  'credential-confirmed': (of) => say`Confirmed that ${id(of.personId)} is who uses the credential that ${id(of.makerId)} made a link for`,
  'token-made': (of) => say`Made the token ${text(of.name)} for ${id(of.principalId)}, for ${code(list(of.scopes).join(' '))}`,
  'token-revoked': (of) => say`Revoked a token of ${id(of.principalId)}${of.compromised ? ', as compromised' : ''}`,
  // Requests.
  'request-opened': (of) => say`${of.emergency ? 'Asked in an emergency' : 'Asked'} for ${action(of.action)} on ${resource(of.resource)}${text(of.subjectId) === text(of.callerId) ? '' : say`, for ${id(of.subjectId)}`}`,
  'vote-cast': (of) => say`${/^approve/i.test(text(of.vote)) ? 'Approved' : 'Rejected'}${quote(of.note)}`,
  'vote-refused': (of) => say`Tried to vote and was not eligible: ${text(of.why)}`,
  'vote-withdrawn': () => say`Took the vote back`,
  'vote-struck': (of) => say`The vote of ${id(of.personId)} was struck, its credential was compromised`,
  'requirements-added': (of) => say`${count(Array.isArray(of.requirements) ? of.requirements.length : 0, 'rule was', 'rules were')} added since it was opened`,
  'request-unsatisfiable': (of) => say`Cannot be met as people and rules are now${list(of.missing).length ? `: ${list(of.missing).join(', ')} missing` : ''}`,
  'request-satisfiable': () => say`Can be met again`,
  'payload-revealed': (of) => say`Looked at ${count(of.findings, 'likely secret', 'likely secrets')} of the payload`,
  'request-approved': (of) => say`Approved by ${list(of.approvers).length ? ids(of.approvers) : 'nobody'}, and a grant was made`,
  'request-denied': (of) => say`Denied by ${id(of.personId)}${quote(of.note)}`,
  'request-cancelled': (of) => say`${of.successor ? 'Replaced by another ask' : 'Cancelled'}`,
  'request-expired': () => say`Expired without a decision`,
  'request-reopened': (of) => say`Opened again, for rules or people changed before it was executed${list(of.missing).length ? `: ${list(of.missing).join(', ')} missing` : ''}`,
  'request-bypassed': (of) => say`${action(of.action)} on ${resource(of.resource)} was permitted without approval, session ${text(of.session)}`,
  'grant-expired': () => say`The grant was not used in time`,
  'grant-revoked': () => say`Revoked the grant`,
  'grant-redeemed': () => say`Redeemed the grant`,
  'request-executed': (of) => say`Outcome: ${text(of.result)}${quote(of.text)}`,
  'follow-up-made': (of) => say`Wanted ${id(of.ownerId)} to do afterwards, by ${text(of.dueOn)}${quote(of.text)}`,
  'follow-up-done': (of) => say`Did the follow-up${quote(of.note)}`,
  'reminder-asked': (of) => say`Reminded ${list(of.addressees).length ? ids(of.addressees) : 'nobody'}`,
  // The directory.
  'organization-created': (of) => say`Made the organization ${text(of.name)}`,
  'organization-changed': (of) => say`Changed the settings: ${settings(of.changes)}`,
  'set-up-ended': (of) => say`The set-up ended (${text(of.why)}): nobody’s own changes are exempt any more`,
  'person-created': (of) => say`Added ${id(of.personId)}`,
  'person-changed': (of) => say`Changed ${changed(of.changes)} of ${id(of.personId)}`,
  'person-activated': (of) => say`Activated ${id(of.personId)}`,
  'person-deactivated': (of) => say`Deactivated ${id(of.personId)}`,
  'person-deleted': (of) => say`Removed ${id(of.personId)} (@${text(of.handle)})`,
  'team-created': (of) => say`Added the team ${id(of.teamId)}${text(of.parentId) ? say` below ${id(of.parentId)}` : ''}`,
  'team-changed': (of) => say`Changed ${changed(of.changes)} of the team ${id(of.teamId)}`,
  'team-deleted': (of) => say`Removed the team @${text(of.handle)}, ${count(list(of.members).length, 'member', 'members')}`,
  'team-member-added': (of) => say`Put ${id(of.personId)} into the team ${id(of.teamId)}`,
  'team-member-removed': (of) => say`Took ${id(of.personId)} out of the team ${id(of.teamId)}`,
  'role-created': (of) => say`Added the role ${text(of.name)}`,
  'role-changed': (of) => say`Changed ${changed(of.changes)} of the role ${id(of.roleId)}`,
  'role-deleted': (of) => say`Removed the role ${code(of.roleId)}, ${count(list(of.holders).length, 'holder', 'holders')}`,
  'role-given': (of) => say`Gave the role ${id(of.roleId)} to ${id(of.holderId)}`,
  'role-taken': (of) => say`Took the role ${id(of.roleId)} from ${id(of.holderId)}`,
  'account-created': (of) => say`Added the ${text(of.kind) === 'agent' ? 'agent' : 'service account'} ${id(of.accountId)}${text(of.ownerId) ? say`, owned by ${id(of.ownerId)}` : ''}`,
  'account-changed': (of) => say`Changed ${changed(of.changes)} of ${id(of.accountId)}`,
  'account-activated': (of) => say`Activated ${id(of.accountId)}`,
  'account-deactivated': (of) => say`Deactivated ${id(of.accountId)}, ${count(of.revokedTokens, 'token', 'tokens')} ended`,
  'account-deleted': (of) => say`Removed ${id(of.accountId)} (@${text(of.handle)})`,
  'permission-given': (of) => say`Gave ${id(of.principalId)} the permission ${code(of.permission)} for ${code(list(of.actions).join(' '))} at ${ids(of.resources)}`,
  'permission-taken': (of) => say`Took the permission ${code(of.permission)} from ${id(of.principalId)}`,
  'project-created': (of) => say`Added the project ${id(of.projectId)}`,
  'project-changed': (of) => say`Changed ${changed(of.changes)} of the project ${id(of.projectId)}`,
  'project-deleted': (of) => say`Deleted the project ${text(of.name)}, ${count(list(of.environments).length, 'environment', 'environments')}`,
  'environment-created': (of) => say`Added ${id(of.environmentId)}, ${text(of.tier)}`,
  'environment-changed': (of) => say`Changed ${changed(of.changes)} of ${id(of.environmentId)}`,
  'environment-deleted': (of) => say`Removed ${id(of.environmentId)}`,
  'environment-frozen': (of) => say`Froze ${id(of.environmentId)}${quote(of.reason)}`,
  'environment-unfrozen': (of) => say`Unfroze ${id(of.environmentId)}${quote(of.reason)}`,
  'cluster-created': (of) => say`Added the cluster ${id(of.clusterId)}`,
  'cluster-changed': (of) => say`Changed ${changed(of.changes)} of the cluster ${id(of.clusterId)}`,
  'cluster-deleted': (of) => say`Removed the cluster ${text(of.name)}, ${count(list(of.environments).length, 'environment', 'environments')} on it`,
  'release-created': (of) => say`Made the release ${text(of.name)} of ${id(of.projectId)} known`,
  'action-type-added': (of) => say`Added the kind of ${of.emergency ? 'emergency action' : 'action'} ${text(of.title)} (${code(of.actionId)})`,
  // The gate.
  'ask-denied': (of) => say`Was denied ${action(of.action)} on ${resource(of.resource)}: ${list(of.violations).join('; ') || text(of.code)}`,
  'ungated-execution': (of) => say`Began ${action(of.action)} on ${resource(of.resource)}, which no rule holds`,
  'ungated-executed': (of) => say`Outcome of what no rule held: ${text(of.result)}${quote(of.text)}`,
  'redemption-refused': (of) => say`Was refused to redeem for ${action(of.action)} on ${resource(of.resource)}: ${text(of.code)}`,
  // The rules.
  'template-created': (of) => say`Made the policy ${text(of.name)}`,
  'template-changed': (of) => say`Saved version ${text(of.version)} of the policy ${text(of.name)}`,
  'template-archived': (of) => say`Archived the policy ${text(of.name)}, ${count(list(of.endedBindings).length, 'binding', 'bindings')} ended`,
  'binding-created': (of) => say`Put a policy in force ${text(of.targetId) ? say`at ${id(of.targetId)}` : say`for the ${text(of.level)}`}${text(of.environmentName) ? `, for ${text(of.environmentName)}` : ''}`,
  'binding-removed': () => say`Took a policy out of force`,
  'lock-out-recovered': () => say`Removed a rule on the server’s own machine, past every rule`,
  // Notifications.
  'notification-destination-added': (of) => say`Had emergencies told to ${text(of.name)} too, ${code(of.address)}`,
  'notification-destination-changed': (of) => say`Changed ${changed(of.changes)} of the destination ${text(of.name)}`,
  'notification-destination-removed': (of) => say`Had emergencies told to ${text(of.name)} no longer`,
  'notification-destination-disabled': (of) => say`${text(of.name)} is told of emergencies no longer${quote(of.why)}`,
  'notification-destination-enabled': (of) => say`Had emergencies told to ${text(of.name)} again`,
  'notification-destination-tested': (of) => say`Sent a test to ${text(of.name)}: ${text(of.result)}`,
  'notification-secret-rotated': (of) => say`Drew a new secret for the webhook ${text(of.name)}`,
  'notification-delivered': (of) => say`Told ${recipient(of)} of ${occasion(of)}`,
  'notification-failed': (of) => say`Could not tell ${recipient(of)} of entry ${text(of.leafIndex)}${quote(of.why)}`,
  'notification-retried': (of) => say`Had ${recipient(of)} told again`,
  'notification-unheard': (of) => say`Nobody was told of ${occasion(of)}${quote(of.why)}`,
  // The installation and its keys.
  'clock-advanced': (of) => say`Moved the simulated clock to ${text(of.to)}`,
  'declaration-applied': (of) => say`Applied a declaration: ${text(of.added)} added, ${text(of.altered)} changed, ${text(of.removed)} removed`,
  'signing-key-made': (of) => say`Made a signing key for ${text(of.use)}, ${code(of.kid)}`,
  'signing-key-rotated': (of) => say`Replaced the signing key for ${text(of.use)}${of.compromised ? ', as compromised' : ''}`,
  'grant-document-made': () => say`The grant was read as a signed document`,
  'cluster-token-issued': (of) => say`Got a short-lived token for the cluster ${id(of.clusterId)}`,
  // Break-glass.
  'breakglass-requested': (of) => say`Asked to open ${glass(of)}`,
  'breakglass-opened': (of) => say`Opened ${glass(of)}${quote((of.glass as Fields | undefined)?.justification)}`,
  'breakglass-not-opened': (of) => say`${glass(of)} was not opened: ${inWords(endings, of.why)}`,
  'breakglass-refused': (of) => say`Was refused ${action(of.action)} on ${resource(of.resource)} in ${glass(of)}: ${inWords(refusals, of.code)}`,
  'breakglass-unneeded': (of) => say`Named ${glass(of)} for ${action(of.action)} on ${resource(of.resource)}, where no rule was in the way`,
  'breakglass-revoked': (of) => say`Ended ${glass(of)} before its time${quote(of.note)}`,
  'breakglass-ended': (of) => say`${glass(of)} ended: ${inWords(endings, of.cause)}`,
  'breakglass-reminder': (of) => say`${glass(of)}: its owner was reminded`,
  'breakglass-closed': (of) => say`Filed the closure of ${glass(of)}${quote(of.reasonUsed)}`,
  'breakglass-reviewed': (of) => say`Reviewed ${glass(of)}${quote(of.summary)}`,
  'breakglass-overdue': (of) => say`The ${text(of.what)} of ${glass(of)} is late`,
}

/** Every kind of entry that has a sentence, in the order of the alphabet. */
export const knownTypes: readonly string[] = Object.keys(tellers).sort()

/** `vote-cast` is "Vote cast". */
export function typeWords(type: string): string {
  const words = type.replace(/-/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What happened, as a sentence; a kind this page does not know yet is told by its own name and its plain fields. */
export function sentence(type: string, entry: unknown): Piece[] {
  const of = (entry !== null && typeof entry === 'object' ? entry : {}) as Fields
  const teller = tellers[type]
  if (teller) return teller(of)
  const plain = Object.entries(of).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
  return [typeWords(type), ...plain.flatMap(([name, value], at): Piece[] => [at === 0 ? ': ' : ', ', `${name} `, { code: String(value) }])]
}

/** The sentence without links and marks, for screen readers and titles; ids stay as they are. */
export function plainSentence(pieces: readonly Piece[]): string {
  return pieces.map((one) => (typeof one === 'string' ? one : 'id' in one ? one.id : 'action' in one ? one.action : 'value' in one ? one.value : one.code)).join('')
}
