import { Button } from '@mantine/core'
import { IconChecks, IconEye, IconFilterOff, IconShieldPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, data } from '~/api/client'
import { countsQuery } from '~/app/counts'
import { paths } from '~/app/paths'
import { useMay, useMe } from '~/app/session'
import { HowToAsk } from '~/parts/HowToAsk'
import { count } from '~/parts/requests'
import type { Filters } from '~/parts/useRequestPage'
import { Card } from '~/ui/Card'
import { Empty } from '~/ui/Empty'
import { Link, LinkButton } from '~/ui/Link'
import { howMany, onWords, type View } from './filters'
import classes from './InboxPage.module.css'

interface InboxEmptyProps {
  view: View
  filters: Filters
  onClear: () => void
}

/** Before rows that wait for others: one line, instead of a box that says nothing is here. */
export function NothingForYou({ filters, onClear }: Omit<InboxEmptyProps, 'view'>) {
  return (
    <p className={classes.nothing}>
      {howMany(filters) > 0 ? (
        <>
          Nothing that waits for you matches.{' '}
          <Button variant="subtle" size="compact-xs" onClick={onClear}>
            Clear filters
          </Button>
        </>
      ) : (
        'Nothing waits for you.'
      )}
    </p>
  )
}

/** A list without rows: whether nothing waits, nothing matches, or nothing is set up yet. */
export function InboxEmpty({ view, filters, onClear }: InboxEmptyProps) {
  const me = useMe()
  const mayRead = useMay('policy-read')
  const mayWrite = useMay('policy-write')
  const filtered = howMany(filters) > 0
  const pending = useQuery(countsQuery).data?.pending ?? 0
  const policies = useQuery({
    queryKey: ['policies', 'any'],
    enabled: mayRead && !filtered,
    queryFn: async () => (await data(api.GET('/api/v1/templates', { params: { query: { limit: 1 } } }))).items.length > 0,
  }).data
  const viewer = me.roles.length > 0 && me.roles.every((role) => role === 'viewer')
  return (
    <Card flush>
      {filtered ? (
        <Empty
          icon={<IconFilterOff size={20} stroke={1.6} />}
          title="No request matches."
          action={
            <Button variant="default" size="xs" onClick={onClear}>
              Clear filters
            </Button>
          }
        >
          {onWords(filters)}
        </Empty>
      ) : policies === false ? (
        <Empty
          icon={<IconShieldPlus size={20} stroke={1.6} />}
          title="No policy yet."
          action={
            mayWrite ? (
              <LinkButton size="xs" to={paths.newPolicy}>
                Make the first policy
              </LinkButton>
            ) : undefined
          }
        >
          Until there is one, nothing is held.
        </Empty>
      ) : viewer && view === 'mine' ? (
        <Empty
          icon={<IconEye size={20} stroke={1.6} />}
          title="You can see every request, and viewers never approve."
          action={
            <Link to={paths.inbox} search={{ view: 'pending' }}>
              See all pending
            </Link>
          }
        />
      ) : view === 'mine' ? (
        <Empty
          icon={<IconChecks size={20} stroke={1.6} />}
          title="Nothing waits for you."
          action={
            pending > 0 ? (
              <Link to={paths.inbox} search={{ view: 'pending' }}>
                See all pending
              </Link>
            ) : (
              <HowToAsk />
            )
          }
        >
          {pending > 0 ? `${count(pending, 'request waits', 'requests wait')} for others.` : 'Nothing is pending at all.'}
        </Empty>
      ) : (
        <Empty icon={<IconChecks size={20} stroke={1.6} />} title={view === 'pending' ? 'Nothing is pending.' : 'Nothing has been decided yet.'} action={<HowToAsk />} />
      )}
    </Card>
  )
}
