import { useQuery } from '@tanstack/react-query'
import { Time } from '~/ui/Time'
import classes from './Banners.module.css'
import { GlassBanner } from './GlassBanner'
import { clockQuery, useMe } from './session'

/** What everybody must know on every page: that break-glass is active, that the organization is being set up, that the clock is simulated. */
export function Banners() {
  const me = useMe()
  const clock = useQuery(clockQuery).data
  const setUp = me.organization.setUp
  return (
    <>
      <GlassBanner />
      {clock?.simulated ? (
        <section className={classes.banner} aria-label="Simulated clock">
          <strong>Simulated clock.</strong> Times here are not real; this server is for demos and tests.
        </section>
      ) : null}
      {setUp.active ? (
        <section className={classes.banner} aria-label="Set-up">
          <strong>Set-up.</strong> Changes that people make now do not count against their own requests
          {setUp.endsAt ? (
            <>
              {' '}
              until it ends, <Time at={setUp.endsAt} as="relative" /> at the latest.
            </>
          ) : (
            '.'
          )}
        </section>
      ) : null}
    </>
  )
}
