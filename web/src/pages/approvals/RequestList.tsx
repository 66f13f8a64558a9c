import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Asked, Deadline } from '~/parts/Deadline'
import { Face } from '~/parts/PersonChip'
import { QuorumMeter } from '~/parts/QuorumMeter'
import { badgeOf, beganAtOnce, type Row, sheetOf, titleText } from '~/parts/requests'
import { RequestTitle } from '~/parts/RequestTitle'
import { EmergencyMark } from '~/parts/EmergencyMark'
import { RiskTag } from '~/parts/RiskTag'
import { StateBadge } from '~/parts/StateBadge'
import { Verdict } from '~/parts/Verdict'
import { VisibleText } from '~/parts/VisibleText'
import { Link } from '~/ui/Link'
import { Time } from '~/ui/Time'
import classes from './RequestList.module.css'

interface RequestListProps {
  label: ReactNode
  icon?: ReactNode
  /** How many there are at all, where that is known. */
  count?: string
  rows: Row[]
  current: string | undefined
  onCurrent: (number: string) => void
  /** Numbers that are selected; without it rows have no box. */
  selected?: ReadonlySet<string>
  onSelect?: (row: Row, on: boolean) => void
  id: string
}

/** A group of requests: a sheet with one row for each; where there is little room one card for each. */
export function RequestList({ label, icon, count, rows, current, onCurrent, selected, onSelect, id }: RequestListProps) {
  const owners = useOwners(rows)
  return (
    <div className={classes.room}>
      <section className={classes.group} aria-labelledby={id}>
        <h2 className={classes.head} id={id}>
          {icon}
          {label} {count === undefined ? null : <span className={classes.count}>{count}</span>}
        </h2>
        <ul className={classes.rows}>
          {rows.map((row) => (
            <RequestItem
              key={row.number}
              row={row}
              owner={owners.get(row.subject.id)}
              current={row.number === current}
              onCurrent={onCurrent}
              selected={selected?.has(row.number) === true}
              onSelect={onSelect}
            />
          ))}
        </ul>
      </section>
    </div>
  )
}

interface RequestItemProps {
  row: Row
  owner?: string
  current: boolean
  onCurrent: (number: string) => void
  selected: boolean
  onSelect?: (row: Row, on: boolean) => void
}

function RequestItem({ row, owner, current, onCurrent, selected, onSelect }: RequestItemProps) {
  const navigate = useNavigate()
  const pending = row.state === 'pending'
  const open = (event: MouseEvent) => {
    // A click on the row is a click on its link; whoever marks text or clicks a control means that.
    if ((event.target as HTMLElement).closest('a, button, input, label') || window.getSelection()?.toString()) return
    onCurrent(row.number)
    void navigate({ to: paths.request, params: { request: row.number } })
  }
  return (
    <li className={classes.row} data-current={current} data-selected={selected} data-state={row.state} onClick={open}>
      <span className={classes.box}>
        {onSelect && row.canApprove ? (
          <Checkbox
            checked={selected}
            aria-label={`Select ${row.number}, ${titleText(row)}`}
            onChange={(event) => onSelect(row, event.currentTarget.checked)}
          />
        ) : null}
      </span>
      <span className={classes.risk}>
        <RiskTag risk={row.action.risk.toLowerCase()} />
      </span>
      <div className={classes.what}>
        <Link
          to={paths.request}
          params={{ request: row.number }}
          className={classes.title}
          underline="never"
          data-row={row.number}
          onFocus={() => onCurrent(row.number)}
          title={`${row.action.id} on ${row.resource.name}`}
        >
          <RequestTitle row={row} />
        </Link>
        <div className={classes.facts}>
          <span className={classes.number}>{row.number}</span>
          {row.action.emergency ? <EmergencyMark /> : null}
          <span className={classes.who}>
            <Face id={row.subject.id} name={row.subject.name} kind={row.subject.kind} size={20} />
            <VisibleText>{row.subject.name}</VisibleText>
            {row.subject.kind === 'person' ? null : (
              <span className={classes.owner}>{owner ? `${row.subject.kind} of ${owner}` : row.subject.kind}</span>
            )}
          </span>
          <span className={classes.reason}>{row.reason ? <VisibleText>{row.reason}</VisibleText> : 'no reason given'}</span>
        </div>
      </div>
      <div className={classes.meter}>
        <QuorumMeter {...sheetOf(row)} dense />
      </div>
      <div className={classes.verdict}>
        {pending ? <Verdict row={row} /> : <StateBadge state={badgeOf(row)} bare />}
      </div>
      <div className={classes.when}>
        {pending ? (
          <>
            <Deadline at={row.deadline} />
            <Asked at={row.openedAt} stale={row.stale} />
          </>
        ) : (
          <>
            {row.endedAt ? <Time at={row.endedAt} /> : row.state === 'approved' && row.usableUntil && !beganAtOnce(row) ? <Deadline at={row.usableUntil} /> : null}
            <Asked at={row.openedAt} stale={false} />
          </>
        )}
      </div>
    </li>
  )
}

/** Who owns the accounts that ask, by the account's id; nothing is read where only people ask. */
function useOwners(rows: Row[]): Map<string, string> {
  const may = useMay('directory-read')
  const machines = rows.some((row) => row.subject.kind !== 'person')
  const accounts = useQuery({
    queryKey: ['directory', 'accounts', 'all'],
    enabled: may && machines,
    staleTime: 60_000,
    queryFn: () => data(api.GET('/api/v1/accounts', { params: { query: { limit: 200 } } })),
  }).data
  return new Map((accounts?.items ?? []).flatMap((one) => (one.owner ? [[one.id, one.owner] as const] : [])))
}
