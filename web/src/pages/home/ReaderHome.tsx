import { IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { countsQuery } from '~/app/counts'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { count } from '~/parts/requests'
import { useRequestPage } from '~/parts/useRequestPage'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Empty } from '~/ui/Empty'
import { Link, LinkButton } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { BreakglassCard } from './BreakglassCard'
import { AskedRows } from './HomeRows'
import { StaleCard } from './YourHome'

/** For who reads and never approves: where the log is, what waits, what was decided last. */
export function ReaderHome() {
  const audits = useMay('audit-read')
  const payloads = useMay('payload-read-all')
  const counts = useQuery(countsQuery).data
  const decided = useRequestPage({ view: 'decided', limit: 8 })
  return (
    <Columns
      side={
        <>
          <BreakglassCard />
          <StaleCard />
        </>
      }
    >
      <Note title="You read here.">
        {payloads
          ? 'You can look at every request and what it would change.'
          : 'You can see every request, who asked and who decided. What it would change is shown to who asked, its approvers and auditors.'}{' '}
        Your role never approves.{' '}
        {audits ? 'The audit log has everything that happened, and can be exported.' : 'Ask an administrator for a role if you are to approve or ask.'}
        <div>
          {audits ? (
            <LinkButton to={paths.audit} size="xs" mt={8} mr={8}>
              Open the audit log
            </LinkButton>
          ) : null}
          <LinkButton to={paths.inbox} search={{ view: 'pending' }} size="xs" mt={8} variant="default">
            {counts ? `See ${count(counts.pending, 'pending request')}` : 'See what is pending'}
          </LinkButton>
        </div>
      </Note>
      <Card
        title="Decided last"
        aside={
          <Link to={paths.inbox} search={{ view: 'decided' }}>
            All decided
          </Link>
        }
        flush
      >
        {decided.isPending ? (
          <Loading what="requests" />
        ) : decided.isError ? (
          <ProblemNote error={decided.error} what="They could not be loaded." retry={() => void decided.refetch()} />
        ) : decided.data.rows.length === 0 ? (
          <Empty icon={<IconEye size={20} stroke={1.6} />} title="Nothing has been decided yet." />
        ) : (
          <AskedRows rows={decided.data.rows} told="who" />
        )}
      </Card>
    </Columns>
  )
}
