import { PersonChip } from '~/parts/PersonChip'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Facts } from '~/ui/Facts'
import { Time } from '~/ui/Time'
import { absolute } from '~/ui/time'
import classes from './Glass.module.css'
import type { Closure, Review } from './shape'
import { isLink } from './words'

/** "10 Dec 2026". */
function day(date: string): string {
  return absolute(`${date}T00:00:00Z`, 'UTC').replace(/^\w+ (\d+ \w+ \d+),.*$/, '$1')
}

/** Who did it, and when. */
function By({ who, at }: { who: Closure['filedBy']; at: string }) {
  return (
    <>
      <PersonChip id={who.id} name={who.name} handle={who.handle} />{' '}
      <span className={classes.dim}>
        <Time at={at} />
      </span>
    </>
  )
}

/** A closure as it was filed. */
export function ClosureFiled({ closure }: { closure: Closure }) {
  return (
    <Card title="Closure">
      <Facts
        of={[
          ['Incident reference', <VisibleText key="incident">{closure.incident}</VisibleText>],
          ['Reason used', <VisibleText key="reason">{closure.reasonUsed}</VisibleText>],
          [
            'Actions performed',
            closure.actionsPerformed.length === 0 ? (
              'None'
            ) : (
              <ul key="actions" style={{ margin: 0, paddingInlineStart: 16 }}>
                {closure.actionsPerformed.map((one, at) => (
                  <li key={at}>
                    <VisibleText>{one}</VisibleText>
                  </li>
                ))}
              </ul>
            ),
          ],
          ['Session closed at', <Time key="closed" at={closure.sessionClosedAt} as="clock" />],
          ['Remarks', closure.remarks ? <VisibleText key="remarks">{closure.remarks}</VisibleText> : undefined],
          ['Preventive action', <VisibleText key="preventive">{closure.preventiveAction}</VisibleText>],
          ['Its owner', <PersonChip key="owner" id={closure.preventiveOwner.id} name={closure.preventiveOwner.name} handle={closure.preventiveOwner.handle} />],
          ['Due', day(closure.preventiveDue)],
          [
            'Evidence',
            closure.evidence.map((one) =>
              isLink(one) ? (
                <div key={one}>
                  <a href={one} rel="noreferrer noopener" target="_blank">
                    {one}
                  </a>
                </div>
              ) : (
                <div key={one}>{one}</div>
              ),
            ),
          ],
          ['Filed by', <By key="by" who={closure.filedBy} at={closure.filedAt} />],
        ]}
      />
    </Card>
  )
}

/** A review as it was filed; its verdicts stand with the actions. */
export function ReviewFiled({ review }: { review: Review }) {
  return (
    <Card title="Review">
      <Facts
        of={[
          ['It came to', <VisibleText key="summary">{review.summary}</VisibleText>],
          ['Reviewed by', <By key="by" who={review.reviewedBy} at={review.reviewedAt} />],
        ]}
      />
    </Card>
  )
}
