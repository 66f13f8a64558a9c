import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCircleCheck, IconCircleMinus, IconMail, IconMailOff, IconPlus, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Mark } from '~/ui/Mark'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { type Column, Rows } from '~/ui/Rows'
import { AddDestination } from './AddDestination'
import classes from './Audience.module.css'
import { DestinationActs } from './DestinationActs'
import { FailedDeliveries } from './FailedDeliveries'

type Destination = Schemas['DestinationsDestinationView']
type Manager = Schemas['DestinationsManagerView']

function Managers({ of, mailGiven }: { of: Manager[]; mailGiven: boolean }) {
  if (of.length === 0) {
    return <p className={classes.about}>Nobody holds the role security_manager.</p>
  }
  return (
    <ul className={classes.managers}>
      {of.map((one) => (
        <li key={one.personId} className={classes.manager}>
          <Link to={paths.person} params={{ person: one.personId }}>
            {one.name}
          </Link>
          {one.reached ? (
            <Mark icon={IconMail}>By mail</Mark>
          ) : (
            <Mark icon={IconMailOff} tone="bad">
              {mailGiven ? 'No e-mail address' : 'No mail server'}
            </Mark>
          )}
        </li>
      ))}
    </ul>
  )
}

function columns(mayChange: boolean, mailGiven: boolean): ReadonlyArray<Column<Destination>> {
  const shown: Column<Destination>[] = [
    {
      head: 'Destination',
      bare: true,
      cell: (one) => (
        <>
          {one.name}
          <div className={classes.address}>{one.address}</div>
        </>
      ),
    },
    { head: 'By', narrow: true, cell: (one) => (one.means === 'webhook' ? <Mark icon={IconWebhook}>Webhook</Mark> : <Mark icon={IconMail}>Mail</Mark>) },
    {
      head: 'State',
      narrow: true,
      cell: (one) =>
        one.means === 'email' && !mailGiven ? (
          <Mark icon={IconMailOff} tone="bad">
            No mail server
          </Mark>
        ) : one.state === 'active' ? (
          <Mark icon={IconCircleCheck} tone="good">
            In use
          </Mark>
        ) : (
          <>
            <Mark icon={IconCircleMinus} tone="bad">
              Switched off
            </Mark>
            <div className={classes.address}>{one.disabledWhy}</div>
          </>
        ),
    },
  ]
  return mayChange ? [...shown, { head: 'Acts', bare: true, end: true, cell: (one) => <DestinationActs destination={one} /> }] : shown
}

/** Who is told of emergencies, whether it works, and what did not arrive. */
export function Audience() {
  const mayChange = useMay('notifications-write')
  const [adding, add] = useDisclosure(false)
  const query = useQuery({ queryKey: ['notifications', 'audience'], queryFn: () => data(api.GET('/api/v1/notification-audience')) })
  const audience = query.data
  return (
    <Card
      title="Who is told of emergencies"
      aside={
        mayChange ? (
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add.open}>
            Add a destination
          </Button>
        ) : null
      }
    >
      <p className={classes.about}>Break-glass sessions and each use of them are told at once to security managers and to these destinations. It cannot be switched off.</p>
      {query.isError ? <ProblemNote error={query.error} what="The audience could not be loaded." retry={() => void query.refetch()} /> : null}
      {query.isPending ? <Loading what="the audience" lines={3} /> : null}
      {audience ? (
        <>
          {audience.reached ? null : (
            <Note tone="bad" title="Nobody would be told of an emergency.">
              {audience.lack ? `${audience.lack.charAt(0).toUpperCase()}${audience.lack.slice(1)}.` : null}
            </Note>
          )}
          <h3 className={classes.head}>Security managers</h3>
          <Managers of={audience.securityManagers} mailGiven={audience.mailGiven} />
          {audience.destinations.length > 0 ? (
            <Rows label="Destinations of emergencies" rows={audience.destinations} columns={columns(mayChange, audience.mailGiven)} keyOf={(one) => one.id} dim={(one) => one.state !== 'active'} />
          ) : null}
        </>
      ) : null}
      <FailedDeliveries destinations={audience?.destinations ?? []} mayRetry={mayChange} />
      <AddDestination opened={adding} onClose={add.close} />
    </Card>
  )
}
