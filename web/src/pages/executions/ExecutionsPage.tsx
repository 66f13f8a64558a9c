import { useDisclosure } from '@mantine/hooks'
import { IconChecks, IconFilterOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { count } from '~/parts/requests'
import { SettleOutcome } from '~/parts/SettleOutcome'
import { VisibleText } from '~/parts/VisibleText'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { Tabs } from '~/ui/Tabs'
import { ExecutionRows } from './ExecutionRows'
import { emptyWords, type Execution, executionsQuery, views } from './shape'

const route = getRouteApi('/inside/executions')

/** What was executed though nobody was asked, because no rule held it. */
export function ExecutionsPage() {
  const { state, cursor } = route.useSearch()
  const navigate = useNavigate()
  const query = useQuery(executionsQuery({ state, cursor }))
  const [lookedAt, setLookedAt] = useState<Execution>()
  const [opened, dialog] = useDisclosure(false)
  const lost = query.data?.items.some((one) => one.state === 'outcome-unknown') === true
  return (
    <Page title="Executions without a request" facts={<About />}>
      <Tabs label="Which executions">
        {views.map((view) => (
          <Link
            key={view.label}
            to={paths.executions}
            search={view.state ? { state: view.state } : {}}
            data-active={view.state === state}
            aria-current={view.state === state ? 'page' : undefined}
          >
            {view.label}
          </Link>
        ))}
      </Tabs>
      {lost ? (
        <Note tone="pending" title="Where an outcome is unknown, look what happened, and write it down.">
          Until somebody does, nobody knows whether it is safe to do it again. Who executed it, who asked, who owns the asking account,
          and who may revoke grants can do that.
        </Note>
      ) : null}
      <Listing
        query={query}
        what="executions"
        cursor={cursor}
        onGo={(next) => void navigate({ to: paths.executions, search: { state, cursor: next } })}
        count={(rows) => count(rows, 'execution')}
        empty={
          state ? (
            <Empty icon={<IconFilterOff size={20} stroke={1.6} />} title={emptyWords(state)} action={<Link to={paths.executions}>See all of them</Link>} />
          ) : (
            <Empty icon={<IconChecks size={20} stroke={1.6} />} title={emptyWords(state)}>
              What no rule holds is permitted at once, and appears here when it is executed.
            </Empty>
          )
        }
      >
        {(rows) => (
          <ExecutionRows
            rows={rows}
            onSettle={(one) => {
              setLookedAt(one)
              dialog.open()
            }}
          />
        )}
      </Listing>
      {lookedAt ? (
        <SettleOutcome key={lookedAt.executionId} executionId={lookedAt.executionId} opened={opened} onClose={dialog.close} title="How did it go?">
          <p style={{ marginTop: 0 }}>
            {lookedAt.actionTitle} on <VisibleText>{lookedAt.resource}</VisibleText>
          </p>
        </SettleOutcome>
      ) : null}
    </Page>
  )
}

function About() {
  const mayRead = useMay('policy-read')
  return (
    <span data-prose>
      No rule applied to these, so nobody was asked.
      {mayRead ? (
        <>
          {' '}
          What should have been held needs a <Link to={paths.policies}>policy</Link>; <Link to={paths.findings}>Findings</Link> names
          production that has none.
        </>
      ) : null}
    </span>
  )
}
