import { IconCompass } from '@tabler/icons-react'
import { Button } from '@mantine/core'
import { Outlet, type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { type ReactNode, Suspense, useContext } from 'react'
import { Problem } from '~/api/client'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import { isMissing } from './missing'
import { NotThere } from './NotThere'
import { paths } from './paths'
import { WithinMain } from './withinMain'

/** The outermost frame: everything in it may still be on its way. */
export function RootFrame() {
  return (
    <Suspense fallback={<Loading what="the console" />}>
      <Outlet />
    </Suspense>
  )
}

/** The main part of the page, where no layout around it is that already. */
function Main({ children }: { children: ReactNode }) {
  return useContext(WithinMain) ? children : <main>{children}</main>
}

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <Main>
      <Page title="Nothing here">
        <Empty icon={<IconCompass size={20} />} title="There is no page at this address." action={<Link to={paths.inbox}>All approvals</Link>}>
          It may have been moved, or the link is not complete.
        </Empty>
      </Page>
    </Main>
  )
}

/** A page that could not be shown: the server's words and a way on, never a blank screen. */
export function PageError(props: ErrorComponentProps) {
  return (
    <Main>
      <Told {...props} />
    </Main>
  )
}

function Told({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  if (isMissing(error)) return <NotThere error={error} />
  if (!(error instanceof Problem) && /dynamically imported module|Importing a module/.test(String(error))) {
    return (
      <Page title="A new version is there">
        <p>The console was replaced by a newer version while this page was open. Load the page again.</p>
        <Button onClick={() => window.location.reload()}>Load again</Button>
      </Page>
    )
  }
  return (
    <Page title="This page could not be shown">
      {error instanceof Problem ? (
        <ProblemNote error={error} retry={again} />
      ) : (
        <ProblemNote error={new Problem(0, { detail: String(error), code: 'page-failed' })} retry={again} />
      )}
    </Page>
  )
}
