import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, data } from '~/api/client'
import { paths } from '~/app/paths'
import { MOST_SQUARES, ReplaySign, ReplaySquares } from '~/parts/ReplaySquares'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import classes from './PreviewPanel.module.css'
import type { Template, TemplateForm } from './queries'
import { useReplay, useTrialBindings } from './useReplay'

interface ReplayPanelProps {
  form: TemplateForm
  /** The saved policy this is a new version of. */
  saved: Template | undefined
}

/** What a draft would have done to what was really asked in the last 30 days. */
export function ReplayPanel({ form, saved }: ReplayPanelProps) {
  const trial = useTrialBindings(form.scope ?? [])
  const bound = (saved?.bindings ?? 0) > 0
  const bindings = bound ? [] : (trial?.bindings ?? [])
  const ready = bound || bindings.length > 0
  const body = ready ? { template: form, templateId: saved?.id, bindings } : undefined
  const { result, progress, error, again } = useReplay(body)
  const [showing, setShowing] = useState<'applies' | 'could-not-be-met'>()

  if (!ready) {
    return trial ? <p className={classes.dim}>There is no place of this level yet, so nothing can be replayed.</p> : null
  }
  const totals = result?.totals
  return (
    <>
      <div className={classes.head}>
        <h3>{totals ? `The last ${totals.asks.toLocaleString('en-US')} asks, replayed` : 'Recorded asks, replayed'}</h3>
        <span className={classes.dim}>{bound ? 'where it is bound' : trial?.words}</span>
      </div>
      {error ? <ProblemNote error={error} what="The replay did not run." retry={again} /> : null}
      {progress ? (
        <p className={classes.dim} role="status">
          {progress.total > 0 ? `Replaying ${progress.done.toLocaleString('en-US')} of ${progress.total.toLocaleString('en-US')} asks…` : 'Replaying…'}
        </p>
      ) : null}
      {totals ? (
        <>
          <ReplaySquares days={(result.days ?? []).map((day) => ({ asks: day.asks ?? 0, applies: day.applies ?? 0, couldNotBeMet: day.couldNotBeMet ?? 0 }))} />
          <p className={classes.replayed}>
            {totals.asks === 0 ? (
              <span className={classes.dim}>Nothing was asked in the last {result.window.days} days, so there is nothing to try it on.</span>
            ) : totals.applies === 0 ? (
              <strong>Would have held none of the last {totals.asks.toLocaleString('en-US')} asks.</strong>
            ) : (
              <>
                <ReplaySign mark="held" />
                <strong>
                  Would have held {totals.applies.toLocaleString('en-US')} of the last {totals.asks.toLocaleString('en-US')}{' '}
                  {totals.asks === 1 ? 'ask' : 'asks'}.
                </strong>{' '}
                {totals.couldNotBeMet > 0 ? (
                  <span className={classes.bad}>
                    <ReplaySign mark="unmet" />
                    <strong>
                      {totals.couldNotBeMet === totals.applies ? 'None of them could' : `${totals.couldNotBeMet.toLocaleString('en-US')} of them could not`} have been met.
                    </strong>
                  </span>
                ) : null}{' '}
                <Button variant="subtle" size="compact-sm" onClick={() => setShowing(totals.couldNotBeMet > 0 ? 'could-not-be-met' : 'applies')}>
                  Show them
                </Button>
              </>
            )}
          </p>
          {totals.asks > MOST_SQUARES ? <p className={classes.dim}>More than {MOST_SQUARES} asks are drawn as one bar.</p> : null}
          {result.unknownActions > 0 ? <p className={classes.dim}>{result.unknownActions} asks of actions that are no more were left out.</p> : null}
        </>
      ) : null}
      <Examples opened={showing !== undefined} onClose={() => setShowing(undefined)} kind={showing ?? 'applies'} body={body} />
    </>
  )
}

function Examples({ opened, onClose, kind, body }: { opened: boolean; onClose: () => void; kind: string; body: object | undefined }) {
  const query = useQuery({
    queryKey: ['policies', 'replay-examples', kind, body],
    enabled: opened && body !== undefined,
    queryFn: () =>
      data(api.POST('/api/v1/replays', { body: { ...body, limit: 50, ...(kind === 'could-not-be-met' ? { examples: kind } : {}) } })),
  })
  const items = query.data?.examples.items ?? []
  return (
    <Modal opened={opened} onClose={onClose} size={860} title={kind === 'could-not-be-met' ? 'Asks that could not have been met' : 'Asks it would have changed'}>
      {query.isError ? <ProblemNote error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending ? <Loading what="the asks" /> : null}
      {query.data && items.length === 0 ? <p>None of them would have been answered differently.</p> : null}
      {items.length > 0 ? (
        <Rows
          label="Recorded asks"
          rows={items}
          keyOf={(row) => row.id}
          columns={[
            { head: 'Asked', cell: (row) => <Time at={row.at} /> },
            { head: 'By', cell: (row) => row.subject.name },
            { head: 'What', cell: (row) => `${row.action} · ${row.resource.name}` },
            { head: 'Then', cell: (row) => (row.couldNotBeMet ? 'could not be met' : `${row.now}, then ${row.then}`) },
            {
              head: 'Who could approve',
              cell: (row) => (row.demands ?? []).map((one) => `${one.eligible} could`).join(', '),
            },
            {
              head: 'Request',
              cell: (row) =>
                row.requestNumber ? (
                  <Link to={paths.request} params={{ request: row.requestNumber }}>
                    {row.requestNumber}
                  </Link>
                ) : null,
            },
          ]}
        />
      ) : null}
      {query.data?.examples.nextCursor ? <p>These are the newest 50.</p> : null}
    </Modal>
  )
}
