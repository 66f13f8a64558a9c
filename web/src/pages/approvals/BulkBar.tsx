import { Button, UnstyledButton } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { paths } from '~/app/paths'
import type { Row } from '~/parts/requests'
import { startReview } from '~/parts/review'
import classes from './BulkBar.module.css'
import { type Offer, selectionWords } from './bulk'

interface BulkBarProps {
  rows: Row[]
  offer: Offer
  onClear: () => void
  onDecide?: (vote: 'approve' | 'deny') => void
}

/** What can be done with the selected requests; it floats above a place that is kept free for it. */
export function BulkBar({ rows, offer, onClear, onDecide }: BulkBarProps) {
  const navigate = useNavigate()
  const review = () => {
    const numbers = rows.map((row) => row.number)
    startReview(numbers)
    void navigate({ to: paths.request, params: { request: numbers[0]! } })
  }
  const count = offer.together.length
  return (
    <>
      <div className={classes.space} aria-hidden />
      <section className={classes.bar} aria-label="Selected requests">
        <strong role="status">{rows.length} selected</strong>
        <span className={classes.words}>{selectionWords(rows)}</span>
        <span className={classes.actions}>
          <UnstyledButton className={classes.clear} onClick={onClear}>
            Clear <kbd>Esc</kbd>
          </UnstyledButton>
          <Button variant={offer.refused ? 'filled' : 'default'} onClick={review}>
            Review one by one
          </Button>
          {offer.refused || !onDecide ? null : (
            <>
              <Button variant="default" className={classes.reject} onClick={() => onDecide('deny')}>
                Reject {count}…
              </Button>
              <Button onClick={() => onDecide('approve')}>Approve {count}…</Button>
            </>
          )}
        </span>
        {offer.refused ? (
          <span className={classes.refused}>
            <IconLock size={14} aria-hidden /> {offer.refused}
          </span>
        ) : null}
      </section>
    </>
  )
}
