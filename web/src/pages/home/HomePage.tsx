import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { countsQuery } from '~/app/counts'
import { useMay, useMe } from '~/app/session'
import { Loading } from '~/ui/Loading'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import { FirstSteps } from './FirstSteps'
import { presentStep } from './firstSteps'
import { waitingWords } from './greeting'
import { ReaderHome } from './ReaderHome'
import { useSetUp } from './setUp'
import { YourHome } from './YourHome'

/** Where one begins: the first steps of an empty organization, later what waits for you and what you asked. */
export function HomePage() {
  const me = useMe()
  const first = me.name.split(' ')[0] ?? me.name
  const builds = useMay('policy-write')
  const votes = useMay('vote')
  const { found, error, retry } = useSetUp(builds)
  const counts = useQuery(countsQuery).data
  // Whoever saw the steps keeps seeing them until he leaves: the first ask arrives on this very page.
  const began = useRef(false)
  if (found && presentStep(found.counts) !== undefined) began.current = true

  if (builds && !found) {
    return (
      <Page title={`Hello, ${first}`}>
        {error ? <ProblemNote error={error} what="Your page could not be loaded." retry={retry} /> : <Loading what="your page" />}
      </Page>
    )
  }
  if (began.current && found) {
    return (
      <Page title={`Welcome to ${me.organization.name}, ${first}`} width="detail" facts="Four steps to the first held deploy. About ten minutes; you can stop and come back.">
        <FirstSteps setUp={found} />
      </Page>
    )
  }
  return (
    <Page title={`Hello, ${first}`} width="detail" facts={counts ? waitingWords(counts) : '\u00a0'}>
      {votes ? <YourHome /> : <ReaderHome />}
    </Page>
  )
}
