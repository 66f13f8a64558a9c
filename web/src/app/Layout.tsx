import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { ClockOffset } from '~/ui/useNow'
import { Loading } from '~/ui/Loading'
import { Banners } from './Banners'
import { countsQuery, countWords } from './counts'
import { JumpTo } from './JumpTo'
import { KeyHelp, KeysProvider } from './keys'
import classes from './Layout.module.css'
import { Live } from './live'
import { Navigation } from './Navigation'
import { useFollowPreferences } from './preferences'
import { SignInAgain } from './SignInAgain'
import { useClockOffset } from './session'
import { TabBar } from './TabBar'
import { WithinMain } from './withinMain'

/** The frame of every page behind the sign-in: navigation, banners, the page, and what can be reached from everywhere. */
export function Layout() {
  const offset = useClockOffset()
  return (
    <ClockOffset.Provider value={offset}>
      <Live>
        <KeysProvider>
          <Frame />
        </KeysProvider>
      </Live>
    </ClockOffset.Provider>
  )
}

function Frame() {
  const [jumping, jump] = useDisclosure(false)
  useHotkeys([['mod+K', jump.open]], [])
  useTitleCount()
  useFollowPreferences()
  useFocusOnNewPage()
  return (
    <div className={classes.frame}>
      <a href="#main" className="skip-link">
        Skip to the page
      </a>
      <Navigation onJump={jump.open} />
      <div className={classes.content}>
        <Banners />
        <main id="main" tabIndex={-1} className={classes.main}>
          <Suspense fallback={<Loading what="the page" />}>
            <WithinMain value>
              <Outlet />
            </WithinMain>
          </Suspense>
        </main>
      </div>
      <TabBar />
      <JumpTo opened={jumping} onClose={jump.close} />
      <KeyHelp />
      <SignInAgain />
    </div>
  )
}

/** The tab says how many requests wait for you, before the page's own title. */
function useTitleCount() {
  const counts = useQuery(countsQuery).data
  const words = counts && counts.mine > 0 ? `(${countWords(counts.mine, counts.mineMore)}) ` : ''
  useEffect(() => {
    const apply = () => {
      const bare = document.title.replace(/^\(\d+\+?\) /, '')
      if (document.title !== words + bare) document.title = words + bare
    }
    apply()
    const titleNode = document.querySelector('title')
    if (!titleNode) return undefined
    const watcher = new MutationObserver(apply)
    watcher.observe(titleNode, { childList: true })
    return () => watcher.disconnect()
  }, [words])
}

/** A new page begins at its heading, for screen readers and keyboards too. */
function useFocusOnNewPage() {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  useEffect(() => {
    if (path === undefined || document.activeElement?.closest('main')) return
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [path])
}
