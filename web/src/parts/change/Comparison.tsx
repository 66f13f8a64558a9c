import { Lines } from './Lines'
import type { ComparisonContent } from './shape'
import classes from './Change.module.css'
import { VisibleText } from '../VisibleText'

/** How the payload differs from another request's, as lines. */
export function Comparison({ content }: { content: ComparisonContent }) {
  if (content.same) return <p className={classes.nothing}>Nothing differs: both requests ask for the same bytes.</p>
  return content.hunks.map((hunk, at) => (
    <div key={at}>
      {at > 0 ? (
        <div className={classes.gap}>
          … <VisibleText fromServer>{hunk.section}</VisibleText>
        </div>
      ) : null}
      <Lines lines={hunk.lines} label={`Differences from line ${hunk.newStart}`} />
    </div>
  ))
}
