import { paths } from '~/app/paths'
import { PersonChip } from '~/parts/PersonChip'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Facts } from '~/ui/Facts'
import { Link } from '~/ui/Link'
import { Time } from '~/ui/Time'
import { isoDuration } from '~/ui/time'
import classes from './Glass.module.css'
import type { Session } from './shape'
import { requestName } from './words'

/** Whose session it is, why, and for what. */
export function SessionFacts({ session }: { session: Session }) {
  const { scope } = session
  return (
    <Card title="Session">
      <Facts
        of={[
          ['Owner', <PersonChip key="owner" id={session.owner.id} name={session.owner.name} handle={session.owner.handle} />],
          ['Incident', <VisibleText key="incident">{session.incident}</VisibleText>],
          ['Justification', <VisibleText key="reason">{session.reason}</VisibleText>],
          ['Closure owner', <PersonChip key="closure" id={session.closureOwner.id} name={session.closureOwner.name} handle={session.closureOwner.handle} />],
          [
            'Actions',
            scope.actions.map((one) => (
              <div key={one.id}>
                {one.title} <code>{one.id}</code>
              </div>
            )),
          ],
          [
            'Resources',
            scope.resources.map((one) => (
              <div key={one.id}>
                <VisibleText>{one.name}</VisibleText> <span className={classes.dim}>{one.type}</span>
              </div>
            )),
          ],
          ['Reach', scope.wide ? 'Wide: more than single environments and clusters' : undefined],
          ['Asked for', isoDuration(session.duration)],
          [
            'Opening',
            session.request ? (
              <Link key="request" to={paths.request} params={{ request: requestName(session.request.number) }}>
                {requestName(session.request.number)}
              </Link>
            ) : undefined,
          ],
          ['Started', session.startedAt ? <Time key="started" at={session.startedAt} as="clock" /> : undefined],
          ['Ended', session.endedAt ? <Time key="ended" at={session.endedAt} as="clock" /> : undefined],
          ['Lasted', session.lasted ? isoDuration(session.lasted) : undefined],
          ['Last used', session.lastUsedAt ? <Time key="used" at={session.lastUsedAt} /> : undefined],
        ]}
      />
    </Card>
  )
}
