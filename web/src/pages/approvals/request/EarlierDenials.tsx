import { paths } from '~/app/paths'
import { VisibleText } from '~/parts/VisibleText'
import { Link } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { Time } from '~/ui/Time'
import { readDenial } from './denial'
import type { Detail } from './shape'

/** The same action on the same thing was rejected before, whatever the change was: approvers must know, by whom, and why. */
export function EarlierDenials({ request }: { request: Detail }) {
  const denials = request.earlierDenials.filter((one) => one.number !== request.number)
  if (denials.length === 0) return null
  return (
    <Note
      tone="pending"
      title={denials.length === 1 ? 'The same action here was rejected before.' : `The same action here was rejected ${denials.length} times before.`}
    >
      <ul style={{ margin: '4px 0 0', paddingInlineStart: 18 }}>
        {denials.map((one) => (
          <li key={one.number}>
            <Link to={paths.request} params={{ request: one.number }}>
              {one.number}
            </Link>{' '}
            {one.by ? `by ${one.by.name} ` : ''}
            <Time at={one.at} />
            {one.note ? (
              <>
                : “<VisibleText>{shorten(readDenial(one.note).why || one.note)}</VisibleText>”
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Note>
  )
}

function shorten(text: string): string {
  const letters = [...text]
  return letters.length > 240 ? `${letters.slice(0, 240).join('')}…` : text
}
