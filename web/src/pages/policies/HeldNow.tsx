import { useQuery } from '@tanstack/react-query'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import classes from './PolicyPage.module.css'
import { heldQuery, type Template } from './queries'

/** The requests that wait because of a policy. */
export function HeldNow({ template }: { template: Template }) {
  const may = useMay('requests-read')
  const query = useQuery({ ...heldQuery(template.id), enabled: may })
  if (!may) return null
  const items = query.data?.items ?? []
  if (query.data && items.length === 0) {
    return (
      <Card title="It holds now">
        <p className={classes.plain}>Nothing waits because of this policy.</p>
      </Card>
    )
  }
  return (
    <Card title="It holds now" hint={query.data?.more ? 'the newest 20' : undefined} flush>
      {query.isError ? <ProblemNote error={query.error} what="The requests could not be loaded." retry={() => void query.refetch()} /> : null}
      {query.isPending ? <Loading what="requests" lines={3} /> : null}
      {items.length > 0 ? (
        <Rows
          label="Requests it holds now"
          rows={items}
          keyOf={(row) => row.number}
          columns={[
            {
              head: 'Request',
              cell: (row) => (
                <>
                  <Link to={paths.request} params={{ request: row.number }}>
                    {row.number}
                  </Link>{' '}
                  {row.actionTitle} · {row.resource}
                </>
              ),
            },
            { head: 'Asked by', cell: (row) => row.subject },
            { head: 'Since', cell: (row) => <Time at={row.openedAt} /> },
            { head: 'Time left', cell: (row) => <Time at={row.deadline} as="left" /> },
          ]}
        />
      ) : null}
    </Card>
  )
}
