import { IconFlame } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { paths } from '~/app/paths'
import { PersonChip } from '~/parts/PersonChip'
import { count } from '~/parts/requests'
import { StateBadge } from '~/parts/StateBadge'
import { VisibleText } from '~/parts/VisibleText'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import { BypassedRules } from './ActionsTaken'
import classes from './Glass.module.css'
import { changesQuery, type EmergencyChange } from './shape'
import { farOf, requestName, reviewWords, wayOf } from './words'

const route = getRouteApi('/inside/breakglass')

/** Everything an emergency was the reason for, whichever way it went. */
export function EmergencyChanges() {
  const { cursor } = route.useSearch()
  const navigate = useNavigate()
  const query = useQuery(changesQuery(cursor))
  return (
    <Listing
      query={query}
      what="emergency changes"
      cursor={cursor}
      onGo={(next) => void navigate({ to: paths.breakglass, search: { tab: 'changes', cursor: next } })}
      count={(rows) => count(rows, 'emergency change')}
      empty={
        <Empty icon={<IconFlame size={20} stroke={1.6} />} title="No change was made in an emergency.">
          What passes by break-glass is listed here, with what it bypassed, and what emergency workflows are asked for, with who approved.
        </Empty>
      }
    >
      {(rows) => (
        <Rows
          label="Emergency changes, the latest first"
          rows={rows}
          keyOf={(row) => row.id}
          columns={[
            {
              head: 'Change',
              cell: (row) => (
                <>
                  {row.action.title} on <VisibleText>{row.resource.name}</VisibleText>
                  {row.request ? (
                    <span className={classes.small}>
                      <Link to={paths.request} params={{ request: requestName(row.request) }}>
                        {requestName(row.request)}
                      </Link>
                    </span>
                  ) : null}
                </>
              ),
            },
            { head: 'When', cell: (row) => <Time at={row.at} /> },
            { head: 'Who', cell: (row) => <PersonChip id={row.subject.id} name={row.subject.name} handle={row.subject.handle} /> },
            {
              head: 'Way',
              cell: (row) => (
                <>
                  {row.session ? (
                    <Link to={paths.breakglassSession} params={{ session: row.session }}>
                      {row.session}
                    </Link>
                  ) : (
                    wayOf(row)
                  )}
                  <span className={classes.small}>
                    <VisibleText>{row.incident ?? row.justification ?? ''}</VisibleText>
                  </span>
                </>
              ),
            },
            { head: 'Bypassed, or approved by', cell: (row) => (row.kind === 'break-glass' ? <BypassedRules rules={row.bypassed} /> : <Approvers of={row} />) },
            { head: 'State', cell: (row) => <Far change={row} /> },
            { head: 'Review', cell: (row) => reviewWords(row) ?? <span className={classes.dim}>Not yet</span> },
          ]}
        />
      )}
    </Listing>
  )
}

/** Who has approved it, by the policy that is bound to it. */
function Approvers({ of }: { of: EmergencyChange }) {
  if (of.approvedBy.length === 0) return <span className={classes.dim}>Nobody has approved it</span>
  return (
    <>
      {of.approvedBy.map((who) => (
        <PersonChip key={who.id} id={who.id} name={who.name} handle={who.handle} />
      ))}
    </>
  )
}

function Far({ change }: { change: EmergencyChange }) {
  const state = farOf(change)
  return state ? <StateBadge state={state} bare /> : <span className={classes.dim}>Not reported</span>
}
