import { UnstyledButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useKeys } from '~/app/keys'
import { paths } from '~/app/paths'
import { endReview, reviewPlace } from './review'
import { Link } from '~/ui/Link'
import classes from './ReviewStrip.module.css'

/** Where one is in a review of several requests, on the page of each: nothing when there is no review. */
export function ReviewStrip({ number }: { number: string }) {
  const navigate = useNavigate()
  const [ended, setEnded] = useState(false)
  const place = ended ? undefined : reviewPlace(number)
  const go = (request: string | undefined) => {
    if (request) void navigate({ to: paths.request, params: { request } })
  }
  useKeys(
    place
      ? [
          { keys: 'n', does: 'next of the review', run: () => go(place.next) },
          { keys: 'p', does: 'previous of the review', run: () => go(place.previous) },
        ]
      : [],
  )
  if (!place) return null
  return (
    <nav className={classes.strip} aria-label="Review">
      <span>
        Reviewing <strong>{place.at}</strong> of {place.of}
      </span>
      {place.previous ? (
        <Link to={paths.request} params={{ request: place.previous }}>
          Previous
        </Link>
      ) : null}
      {place.next ? (
        <Link to={paths.request} params={{ request: place.next }}>
          Next: {place.next}
        </Link>
      ) : (
        <Link to={paths.inbox} onClick={endReview}>
          Done, back to the inbox
        </Link>
      )}
      <UnstyledButton
        className={classes.end}
        onClick={() => {
          endReview()
          setEnded(true)
        }}
      >
        End the review
      </UnstyledButton>
    </nav>
  )
}
