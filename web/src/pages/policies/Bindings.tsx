import { Button } from '@mantine/core'
import { IconLink, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Schemas } from '~/api/client'
import { BoundChip } from '~/parts/BoundChips'
import { Held } from '~/parts/Held'
import { useOwnAct } from '~/parts/ownAct'
import { boundWords, reachWords } from '~/parts/ruleWords'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'
import { Empty } from '~/ui/Empty'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import { BindDialog } from './BindDialog'
import classes from './PolicyPage.module.css'
import { actionsQuery, bindingsQuery, environmentsQuery, type Template } from './queries'

type Binding = Schemas['PolicyViewsBindingView']

interface BindingsProps {
  template: Template
  adding: boolean
  onAdd: (adding: boolean) => void
  mayWrite: boolean
}

/** Where a policy is bound, with what each binding reaches; the way to bind it further, and to end a binding. */
export function Bindings({ template, adding, onAdd, mayWrite }: BindingsProps) {
  const query = useQuery(bindingsQuery(template.id))
  const actions = useQuery(actionsQuery).data?.items ?? []
  const titles = Object.fromEntries(actions.map((one) => [one.id, one.title]))
  const [ending, setEnding] = useState<Binding>()
  const [warned, setWarned] = useState<Schemas['Finding'][]>([])
  const bind = useOwnAct<{ body: Schemas['PolicyChangesBindingForm']; key: string }, Binding>({
    name: `bind ${template.id}`,
    act: ({ body, key }) => api.POST('/api/v1/bindings', { params: { header: { 'Idempotency-Key': key } }, body }),
    touches: ['policies', 'findings'],
    onDone: (bound) => {
      onAdd(false)
      setWarned(bound.warnings ?? [])
    },
  })
  const unbind = useOwnAct<Binding>({
    name: `unbind ${template.id}`,
    act: (binding) => api.DELETE('/api/v1/bindings/{binding}', { params: { path: { binding: binding.id } } }),
    touches: ['policies', 'findings'],
    onDone: () => setEnding(undefined),
  })
  const items = query.data?.items ?? []

  return (
    <>
      <Held act={bind} what={bind.held ? `Bind it to ${boundWords(bind.held.wish.body)}` : 'Bind it'} />
      <Held act={unbind} what={unbind.held ? `Unbind it from ${boundWords(unbind.held.wish)}` : 'Unbind it'} />
      {warned.map((one) => (
        <Note key={one.code} tone="pending" title="Bound, and worth a second look.">
          {one.sentence}
        </Note>
      ))}
      <Card
        title="Where it is bound"
        flush
        aside={
          mayWrite ? (
            <Button variant={items.length === 0 ? 'filled' : 'default'} size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onAdd(true)}>
              Bind it to…
            </Button>
          ) : null
        }
      >
        {query.isError ? <ProblemNote error={query.error} what="The bindings could not be loaded." retry={() => void query.refetch()} /> : null}
        {query.isPending ? <Loading what="bindings" lines={3} /> : null}
        {query.data && items.length === 0 ? (
          <Empty icon={<IconLink size={20} />} title="It is bound to nothing.">
            It guards nothing until it is bound to the organization, a project, a cluster or an environment.
          </Empty>
        ) : null}
        {items.length > 0 ? (
          <Rows
            label="Bindings"
            rows={items}
            keyOf={(row) => row.id}
            columns={[
              {
                head: 'Bound to',
                cell: (row) => (
                  <>
                    <BoundChip bound={row} />
                    <div className={classes.reach}>{reachWords(row, titles)}</div>
                  </>
                ),
              },
              {
                head: 'Since',
                cell: (row) => (
                  <>
                    <Time at={row.createdAt} /> <span className={classes.reach}>by {row.createdByName ?? row.createdBy}</span>
                  </>
                ),
              },
              ...(mayWrite
                ? [
                    {
                      head: 'Actions',
                      end: true,
                      bare: true,
                      cell: (row: Binding) => (
                        <Button variant="default" size="xs" aria-label={`Unbind from ${boundWords(row)}`} onClick={() => setEnding(row)}>
                          Unbind…
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        ) : null}
      </Card>
      <BindDialog template={template} opened={adding && !bind.held} onClose={() => {
        onAdd(false)
        bind.reset()
      }} act={bind} />
      <Unbind
        binding={unbind.held ? undefined : ending}
        template={template}
        reach={ending ? reachWords(ending, titles) : ''}
        onClose={() => {
          setEnding(undefined)
          unbind.reset()
        }}
        onConfirm={() => ending && unbind.run(ending)}
        busy={unbind.busy}
        error={unbind.error}
      />
    </>
  )
}

interface UnbindProps {
  binding: Binding | undefined
  template: Template
  reach: string
  onClose: () => void
  onConfirm: () => void
  busy: boolean
  error: unknown
}

/** The question before a binding ends: typed where it frees production or everything. */
function Unbind({ binding, template, reach, onClose, onConfirm, busy, error }: UnbindProps) {
  const environments = useQuery({ ...environmentsQuery, enabled: binding !== undefined }).data?.items ?? []
  const reaches = environments.filter(
    (one) =>
      one.tier === 'production' &&
      binding !== undefined &&
      (binding.level === 'organization' ||
        binding.environmentName === one.name ||
        binding.targetId === one.id ||
        binding.targetId === one.projectId ||
        (binding.targetId !== undefined && binding.targetId === one.clusterId)),
  )
  const severe = binding?.level === 'organization' || reaches.length > 0
  return (
    <Confirm
      opened={binding !== undefined}
      onClose={onClose}
      title={binding ? `Unbind ${template.name} from ${boundWords(binding)}?` : ''}
      verb="Unbind"
      tone="bad"
      typed={severe ? { text: template.name ?? template.id, label: "The policy's name" } : undefined}
      onConfirm={onConfirm}
      busy={busy}
      error={error}
    >
      It no longer guards: {reach.charAt(0).toLowerCase() + reach.slice(1)}{' '}
      {reaches.length > 0 ? (
        <strong>
          That reaches {reaches.length === 1 ? reaches[0]!.path : `${reaches.length} production environments`}.
        </strong>
      ) : null}{' '}
      Requests that are open keep what it demanded.
    </Confirm>
  )
}
