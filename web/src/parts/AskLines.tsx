import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { paths } from '~/app/paths'
import { useMe } from '~/app/session'
import { Copy } from '~/ui/Copy'
import { Link } from '~/ui/Link'
import classes from './AskLines.module.css'
import { cliLines, curlLines } from './asking'

/** A first ask as lines to copy, at a terminal or over HTTP. */
export function AskLines({ path }: { path: string }) {
  const me = useMe()
  const [way, setWay] = useState('cli')
  const { origin } = window.location
  const lines = way === 'cli' ? cliLines(origin, me.handle, path) : curlLines(origin, path)
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
    </>
  )
}
