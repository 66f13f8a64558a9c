import { SegmentedControl } from '@mantine/core'
import { IconCircleDashed } from '@tabler/icons-react'
import { useState } from 'react'
import type { Schemas } from '~/api/client'
import { useLiveState } from '~/app/live'
import { paths } from '~/app/paths'
import { useMe } from '~/app/session'
import type { Row } from '~/parts/requests'
import { RequestTitle } from '~/parts/RequestTitle'
import { Copy } from '~/ui/Copy'
import { Link, LinkButton } from '~/ui/Link'
import { Note } from '~/ui/Note'
import classes from './FirstSteps.module.css'
import { cliLines, curlLines } from './firstSteps'

interface AskStepProps {
  environment: Schemas['ThingViewsEnvironmentView'] | undefined
  first: Row | undefined
}

/** The first ask, as lines to copy; the page listens until it comes. */
export function AskStep({ environment, first }: AskStepProps) {
  const me = useMe()
  const live = useLiveState()
  const [way, setWay] = useState('cli')
  const path = environment?.path ?? 'payments/production'
  const origin = window.location.origin
  const lines = way === 'cli' ? cliLines(origin, me.handle, path) : curlLines(origin, path)
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
      <div className={classes.code}>
        <div className={classes.codeHead}>
          <SegmentedControl
            size="xs"
            aria-label="How to ask"
            value={way}
            onChange={setWay}
            data={[
              { value: 'cli', label: 'CLI' },
              { value: 'curl', label: 'curl' },
            ]}
          />
          <Copy text={lines} what="lines" as="button" />
        </div>
        <pre tabIndex={0}>{lines}</pre>
      </div>
      {way === 'curl' ? (
        <p className={classes.line}>
          <code>COUNTERSIGN_TOKEN</code> is a token of yours with the scope <code>ask</code>: <Link to={paths.profile}>make one</Link>.
        </p>
      ) : null}
      <p className={classes.listening} role="status">
        <IconCircleDashed size={14} aria-hidden />
        {live === 'live' ? 'Listening for the first ask. It will appear here and in the inbox.' : 'Reconnecting; the first ask will appear here and in the inbox.'}
      </p>
    </>
  )
}
