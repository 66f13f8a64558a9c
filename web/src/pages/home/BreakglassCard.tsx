import { IconUrgent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { paths } from '~/app/paths'
import { bannerQuery } from '~/pages/breakglass/shape'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { ProblemNote } from '~/ui/ProblemNote'
import { Time } from '~/ui/Time'
import { breakglassLines } from './breakglass'
import classes from './OwedCard.module.css'

/** Whether the glass is broken, and what is owed for it. */
export function BreakglassCard() {
  const banner = useQuery(bannerQuery)
  if (banner.isError) return <ProblemNote error={banner.error} what="The break-glass state could not be loaded." retry={() => void banner.refetch()} />
  if (!banner.data) return null
  const lines = breakglassLines(banner.data)
  return (
    <Card title="Break-glass" aside={<Link to={paths.breakglass}>Sessions</Link>} tone={lines.some((line) => line.urgent) ? 'glass' : 'plain'}>
      {lines.length === 0 ? (
        'You have no session open, and owe no closure.'
      ) : (
        <ul className={classes.list}>
          {lines.map((line) => (
            <li key={line.text} className={classes.glass} data-urgent={line.urgent}>
              <IconUrgent size={16} aria-hidden />
              <span data-prose>
                {line.text}
                {line.endsAt ? (
                  <>
                    {' '}
                    <Time at={line.endsAt} as="left" />.
                  </>
                ) : null}
                {line.among ? (
                  <>
                    {' '}
                    <Link to={paths.breakglass} search={line.among}>
                      See them
                    </Link>
                  </>
                ) : null}
                {line.session ? (
                  <>
                    {' '}
                    <Link to={paths.breakglassSession} params={{ session: line.session }}>
                      Look at it
                    </Link>
                  </>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
