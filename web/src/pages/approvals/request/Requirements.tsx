import { paths } from '~/app/paths'
import { type ChecklistLine, RequirementChecklist } from '~/parts/RequirementChecklist'
import { VisibleText } from '~/parts/VisibleText'
import { Link } from '~/ui/Link'
import { Time } from '~/ui/Time'
import { Remind } from './Remind'
import classes from './Requirements.module.css'
import type { Detail, Requirement } from './shape'
import { joined, people, sentence } from './words'

/** What it takes, as sheets with signature lines. */
export function Requirements({ request, me }: { request: Detail; me: string }) {
  const pending = request.state === 'pending'
  return (
    <section aria-label="What it takes">
      <h2 className="visually-hidden">What it takes</h2>
      <div className={classes.grid} data-one={request.requirements.length === 1}>
        {request.requirements.map((one) => (
          <RequirementChecklist
            key={one.id}
            name={
              <Link to={paths.policy} params={{ template: one.ruleId }}>
                {one.name}
              </Link>
            }
            version={one.version}
            rule={sentence(one.rule)}
            description={one.description}
            met={one.met}
            over={!pending}
            approvals={one.approvals}
            needed={one.needed}
            lines={linesOf(one, request, me)}
          >
            {pending ? <Remarks one={one} /> : null}
          </RequirementChecklist>
        ))}
      </div>
      {request.subject.id === me && !request.canApprove ? null : <Remind request={request} me={me} />}
    </section>
  )
}

function Remarks({ one }: { one: Requirement }) {
  return (
    <>
      {one.lapsed.length > 0 ? (
        <p className={classes.remark}>
          <VisibleText>{joined(one.lapsed.map((who) => who.name))}</VisibleText> approved and {one.lapsed.length === 1 ? 'does' : 'do'}{' '}
          not count any more, because people or rules changed.
        </p>
      ) : null}
      {one.requesterCanApprove ? <p className={classes.remark}>This rule lets who asks approve as well.</p> : null}
      {one.escalatesAt && !one.met ? (
        <p className={classes.remark}>
          More people can approve <Time at={one.escalatesAt} />.
        </p>
      ) : null}
    </>
  )
}

/** The lines of one sheet: who rejected, who signed, what is missing. */
export function linesOf(one: Requirement, request: Detail, me: string): ChecklistLine[] {
  const lines: ChecklistLine[] = []
  const denial = request.state === 'denied' ? request.votes.find((vote) => vote.vote === 'deny' && !vote.endedAt) : undefined
  for (const { person, at, fills } of one.signatures) {
    lines.push({
      kind: 'signed',
      id: person.id,
      name: person.name,
      who: person.kind,
      as: fills.length > 0 ? joined(fills) : undefined,
      at,
      isYou: person.id === me,
    })
  }
  if (denial) {
    lines.push({ kind: 'rejected', id: denial.person.id, name: denial.person.name, at: denial.at, isYou: denial.person.id === me })
    return lines
  }
  if (one.bypassed) {
    const could = people(one.closers, one.eligible, me)
    lines.push({ kind: 'bypassed', words: could ? `It would have asked ${could}.` : 'Nobody could have met it.' })
    return lines
  }
  if (one.met) return lines
  for (const slot of one.slots) {
    const closers = people(slot.people, slot.total, me)
    lines.push({
      kind: 'open',
      label: slot.label.charAt(0).toUpperCase() + slot.label.slice(1),
      mine: slot.mine,
      impossible: slot.impossible,
      closers: slot.mine ? closers : closers ? `${closers} could close it` : '',
    })
  }
  return lines
}
