import { Button, Group } from '@mantine/core'
import { paths } from '~/app/paths'
import { Link } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { type OwnAct, useHeldStates } from './ownAct'
import { StateBadge } from './StateBadge'

interface HeldProps<Wish> {
  act: OwnAct<Wish>
  /** What waits, with a verb: "Freeze api-platform/production". */
  what: string
}

/** An own action that waits for approval: the requests, where they stand, and the act once they are approved. */
export function Held<Wish>({ act, what }: HeldProps<Wish>) {
  const requests = act.held?.requests ?? []
  const states = useHeldStates(requests)
  if (!act.held) return null
  const ready = requests.every((one) => states[one.number] === 'approved')
  const over = requests.some((one) => !['pending', 'approved'].includes(states[one.number] ?? 'pending'))
  return (
    <Note tone={ready ? 'yours' : over ? 'bad' : 'pending'} title={`${what}: ${ready ? 'approved, and not done yet.' : over ? 'not approved.' : 'this needs approval.'}`} alert>
      {requests.map((one) => (
        <div key={one.id}>
          <Link to={paths.request} params={{ request: one.number }}>
            {one.number}
          </Link>{' '}
          <StateBadge state={states[one.number] ?? one.state} bare />
        </div>
      ))}
      {ready || over ? null : <div>Nothing has changed yet. Once it is approved, do it from here or from the page of the request.</div>}
      {act.error ? <ProblemNote error={act.error} what="It was not done." /> : null}
      <Group gap={6} mt={6}>
        {ready ? (
          <Button size="xs" onClick={act.again} loading={act.busy}>
            Do it now
          </Button>
        ) : null}
        <Button size="xs" variant="default" onClick={act.forget}>
          Hide this
        </Button>
      </Group>
    </Note>
  )
}
