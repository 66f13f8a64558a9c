import { IconCircleDashed } from '@tabler/icons-react'
import type { Schemas } from '~/api/client'
import { useLiveState } from '~/app/live'
import { paths } from '~/app/paths'
import { AskLines } from '~/parts/AskLines'
import type { Row } from '~/parts/requests'
import { RequestTitle } from '~/parts/RequestTitle'
import { Link, LinkButton } from '~/ui/Link'
import { Note } from '~/ui/Note'
import classes from './FirstSteps.module.css'

interface AskStepProps {
  environment: Schemas['ThingViewsEnvironmentView'] | undefined
  first: Row | undefined
}

/** The first ask, as lines to copy; the page listens until it comes. */
export function AskStep({ environment, first }: AskStepProps) {
  const live = useLiveState()
  if (first) {
    return (
      <Note tone="good" title="The first ask is here." alert>
        <Link to={paths.request} params={{ request: first.number }}>
          {first.number}
        </Link>
        : <RequestTitle row={first} />, asked by {first.subject.name}.
        <div>
          <LinkButton to={paths.request} params={{ request: first.number }} size="xs" mt={8}>
            Look at it
          </LinkButton>
        </div>
      </Note>
    )
  }
  return (
    <>
      <AskLines path={environment?.path ?? 'payments/production'} />
      <p className={classes.listening} role="status">
        <IconCircleDashed size={14} aria-hidden />
        {live === 'live' ? 'Listening for the first ask. It will appear here and in the inbox.' : 'Reconnecting; the first ask will appear here and in the inbox.'}
      </p>
    </>
  )
}
