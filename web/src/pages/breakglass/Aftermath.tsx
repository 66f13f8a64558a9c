import { PersonChip } from '~/parts/PersonChip'
import { VisibleText } from '~/parts/VisibleText'
import { Card } from '~/ui/Card'
import { Facts } from '~/ui/Facts'
import { Time } from '~/ui/Time'
import type { Closure, Review } from './shape'
import { isLink } from './words'

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
          ['Due', closure.preventiveDue],
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
          ['Filed by', <PersonChip key="by" id={closure.filedBy.id} name={closure.filedBy.name} note={<Time at={closure.filedAt} />} />],
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
          ['Reviewed by', <PersonChip key="by" id={review.reviewedBy.id} name={review.reviewedBy.name} note={<Time at={review.reviewedAt} />} />],
        ]}
      />
    </Card>
  )
}
