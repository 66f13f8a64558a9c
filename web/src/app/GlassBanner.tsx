import { IconUrgent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { bannerQuery, sessionsQuery } from '~/pages/breakglass/shape'
import { countdown } from '~/pages/breakglass/words'
import { Link } from '~/ui/Link'
import { useNow } from '~/ui/useNow'
import classes from './GlassBanner.module.css'
import { paths } from './paths'
import { useMay } from './session'

/** Break-glass on every page: for its owner, and for who may end it. */
export function GlassBanner() {
  const may = useMay('requests-read')
  const banner = useQuery({ ...bannerQuery, enabled: may }).data
  const others = banner?.own ? 0 : (banner?.active ?? 0)
  const running = useQuery({ ...sessionsQuery({ state: 'active' }), enabled: may && others > 0 }).data?.items ?? []
  if (banner?.own) {
    const { name, incident, endsAt, actionsTaken } = banner.own
    const more = (banner.active ?? 1) - 1
    return (
      <Loud session={name} endsAt={endsAt}>
        <strong>Your break-glass session is active</strong> · {name} for <span className={classes.whole}>{incident}</span> · {actionsTaken === 0 ? 'nothing' : actionsTaken === 1 ? '1 action' : `${actionsTaken} actions`} passed by it{actionsTaken === 0 ? ' yet' : ''}
        {more > 0 ? ` · ${more} more ${more === 1 ? 'session' : 'sessions'} of others` : ''}
      </Loud>
    )
  }
  const only = running.length === 1 ? running[0] : undefined
  if (others === 1 && only) {
    return (
      <Loud session={only.name} endsAt={only.endsAt}>
        <strong>Break-glass is active</strong> · {only.name} by {only.owner.name} for <span className={classes.whole}>{only.incident}</span>
      </Loud>
    )
  }
  if (others > 0) {
    return (
      <Loud>
        <strong>Break-glass is active</strong> · {others === 1 ? '1 session runs' : `${others} sessions run`}
      </Loud>
    )
  }
  return null
}

/** Solid, hatched between two plain areas; its link is left out where one is there already. */
function Loud({ session, endsAt, children }: { session?: string; endsAt?: string | undefined; children: ReactNode }) {
  const here = useRouterState({ select: (state) => state.location.pathname })
  const there = session ? here === `/breakglass/${session}` : here === paths.breakglass
  return (
    <section className={classes.banner} aria-label="Break-glass">
      <span className={classes.words}>
        <IconUrgent size={18} stroke={2} aria-hidden className={classes.icon} />
        <span>{children}</span>
      </span>
      <span className={classes.hatch} aria-hidden />
      {endsAt || !there ? (
        <span className={classes.end}>
          {endsAt ? <Left endsAt={endsAt} /> : null}
          {there ? null : session ? (
            <Link to={paths.breakglassSession} params={{ session }} className={classes.link}>
              View session
            </Link>
          ) : (
            <Link to={paths.breakglass} search={{ state: 'active' }} className={classes.link}>
              View sessions
            </Link>
          )}
        </span>
      ) : null}
    </section>
  )
}

function Left({ endsAt }: { endsAt: string }) {
  const now = useNow(1)
  return (
    <span role="timer">
      <span className={classes.digits}>{countdown(endsAt, now)}</span> left
    </span>
  )
}
