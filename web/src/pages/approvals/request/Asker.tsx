import { PersonChip } from '~/parts/PersonChip'
import { VisibleText } from '~/parts/VisibleText'
import classes from './Asker.module.css'
import type { Detail, Who } from './shape'
import { StandingDialog } from './StandingDialog'
import { kindOf } from './words'

/** Who asked in full: the person, or the machine with everybody who owns it; who spoke for him; who may not approve. */
export function Asker({ request, me }: { request: Detail; me: string }) {
  const { subject, caller, owners, authors } = request
  const chain = owners.filter((one) => one.id !== subject.id)
  return (
    <div className={classes.asker}>
      <ul className={classes.line}>
        <li>
          <span className={classes.dim}>Asked by</span> <Somebody who={subject} me={me} />
        </li>
        {chain.map((owner) => (
          <li key={owner.id}>
            <span className={classes.dim}>owned by</span> <Somebody who={owner} me={me} />
          </li>
        ))}
        {caller.id === subject.id ? null : (
          <li>
            <span className={classes.dim}>through</span> <Somebody who={caller} me={me} />
          </li>
        )}
        {authors.map((author) => (
          <li key={author.id}>
            <span className={classes.dim}>change by</span> <Somebody who={author} me={me} />
          </li>
        ))}
      </ul>
      {request.mayNotApprove && subject.id !== me ? (
        <p className={classes.not}>
          <VisibleText>{request.mayNotApprove}</VisibleText>
        </p>
      ) : null}
      {request.state === 'pending' ? <StandingDialog request={request.number} /> : null}
    </div>
  )
}

function Somebody({ who, me }: { who: Who; me: string }) {
  return <PersonChip id={who.id} name={who.name} you={who.id === me} kind={who.kind} handle={who.handle} note={kindOf(who) || undefined} />
}
