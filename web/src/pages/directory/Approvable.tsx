import { IconEyeOff, IconShieldCheck, IconClockUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Card } from '~/ui/Card'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Loading } from '~/ui/Loading'
import { Mark } from '~/ui/Mark'
import { ProblemNote } from '~/ui/ProblemNote'
import { Rows } from '~/ui/Rows'

type Item = Schemas['ApprovablesApprovable']

/** "by name, through team SRE and role Admin". */
export function throughWords(ways: ReadonlyArray<{ kind: string; name: string }>): string {
  return ways
    .map((way) => (way.kind === 'person' ? 'by name' : `through ${way.kind} ${way.name}`))
    .reduce((all, one, at) => (at === 0 ? one : at === ways.length - 1 ? `${all} and ${one}` : `${all}, ${one}`), '')
}

/** The policies in force that a person is an approver of, and through what. */
export function Approvable({ personId, name }: { personId: string; name: string }) {
  const mayRead = useMay('policy-read')
  const policies = useQuery({
    queryKey: ['directory', 'approvable', personId],
    queryFn: () => data(api.GET('/api/v1/people/{id}/approvable-policies', { params: { path: { id: personId } } })),
    enabled: mayRead,
  })
  if (!mayRead) return null
  const items = policies.data?.items ?? []
  return (
    <Card title={`What ${name} can approve`} hint={items.length > 0 ? `${items.length === 1 ? '1 policy' : `${items.length} policies`} in force` : undefined} flush>
      {policies.isError ? <ProblemNote error={policies.error} what="The policies could not be loaded." retry={() => void policies.refetch()} /> : null}
      {policies.isPending ? <Loading what="the policies" lines={2} /> : null}
      {policies.data && items.length === 0 ? (
        <Empty icon={<IconShieldCheck size={18} />} title="Nothing.">
          No policy in force names {name}, a team or a role of {name}.
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <Rows
          label={`Policies that ${name} can approve for`}
          rows={items}
          keyOf={(one) => one.templateId}
          dim={(one) => !one.counts}
          columns={[
            {
              head: 'Policy',
              bare: true,
              cell: (one) => (
                <Link to={paths.policy} params={{ template: one.templateId }}>
                  {one.name}
                </Link>
              ),
            },
            { head: 'How', cell: (one) => throughWords(one.through) },
            { head: 'In force', cell: (one) => (one.bindings === 1 ? 'at 1 place' : `at ${one.bindings} places`) },
            ...(items.every((one) => one.counts && !one.onlyEscalated) ? [] : [{
              head: 'Counts',
              bare: true,
              cell: (one: Item) =>
                !one.counts ? (
                  <Mark icon={IconEyeOff} tone="over">
                    Does not count
                  </Mark>
                ) : one.onlyEscalated ? (
                  <Mark icon={IconClockUp}>Only after escalation</Mark>
                ) : null,
            }]),
          ]}
        />
      ) : null}
    </Card>
  )
}
