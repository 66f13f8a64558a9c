import { IconBan, IconCircleCheck, IconCircleDashed, IconMinus, IconPencil } from '@tabler/icons-react'
import type { Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { PersonChip } from '~/parts/PersonChip'
import { capital } from '~/parts/ruleWords'
import { Card } from '~/ui/Card'
import { Link } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import { onlyReasonMissing } from './reason'
import classes from './Simulator.module.css'

type Explanation = Schemas['ExplanationsExplanation']
type Demand = Schemas['ExplainedDemand']

/** The backticks of the server's sentences are for terminals. */
const said = (sentence: string) => capital(sentence.replaceAll('`', ''))

interface AnswerProps {
  explanation: Explanation
  /** The answer to the same ask with a reason, where nothing but that is missing. */
  reasoned?: Explanation | undefined
  stale: boolean
}

/** What the gate would answer, what must be met and by whom, and what each binding had to do with it. */
export function Answer({ explanation, reasoned, stale }: AnswerProps) {
  const { answer, bindings } = explanation
  const demands = (reasoned ?? explanation).demands ?? []
  const applying = bindings.filter((one) => one.applies)
  const others = bindings.filter((one) => !one.applies)
  return (
    <div className={classes.result} data-stale={stale}>
      <Card label="The answer">
        {onlyReasonMissing(answer) ? <ReasonMissing reasoned={reasoned} /> : <Verdict explanation={explanation} />}
        <p className={classes.judged}>
          Judged for <Time at={explanation.at} as="clock" /> (<Time at={explanation.at} />
          ), by the rules in force now.
        </p>
        {(answer.violations ?? []).map((one) => (
          <Note key={one.code + one.message} tone="bad" title={`${said(one.message)}.`}>
            {one.remedy ? `${said(one.remedy)}.` : null}
          </Note>
        ))}
      </Card>
      {demands.map((demand) => (
        <DemandCard key={demand.bindingId + demand.version} demand={demand} />
      ))}
      <Card title="Every binding" hint={`${applying.length} of ${bindings.length} apply`} flush>
        {bindings.length === 0 ? <p className={classes.none}>There is no binding at all, so nothing is held.</p> : null}
        {bindings.length > 0 ? (
          <Rows
            label="Bindings and why they apply or not"
            rows={[...applying, ...others]}
            keyOf={(row) => row.bindingId + row.version}
            dim={(row) => !row.applies}
            columns={[
              {
                head: 'Policy',
                cell: (row) => (
                  <Link to={paths.policy} params={{ template: row.templateId }}>
                    {row.name} v{row.version}
                  </Link>
                ),
              },
              {
                head: 'Applies',
                cell: (row) => (
                  <span className={classes.applies} data-applies={row.applies}>
                    {row.applies ? <IconCircleCheck size={15} aria-hidden /> : <IconMinus size={15} aria-hidden />} {row.applies ? 'Yes' : 'No'}
                  </span>
                ),
              },
              { head: 'Why', cell: (row) => `${said(row.sentence)}.` },
            ]}
          />
        ) : null}
      </Card>
    </div>
  )
}

function ReasonMissing({ reasoned }: { reasoned: Explanation | undefined }) {
  return (
    <>
      <p className={classes.verdict} data-decision="hold">
        <IconPencil size={20} aria-hidden />
        <span>
          <strong>A reason is missing.</strong> Without one this is denied{reasoned ? '; with one:' : '.'}
        </span>
      </p>
      {reasoned ? <Verdict explanation={reasoned} /> : null}
    </>
  )
}

function Verdict({ explanation }: { explanation: Explanation }) {
  const { answer } = explanation
  const demands = explanation.demands ?? []
  if (answer.decision === 'permit') {
    return (
      <p className={classes.verdict} data-decision="permit">
        <IconCircleCheck size={20} aria-hidden />
        <span>
          <strong>Permitted.</strong> No policy asks for an approval of this.
        </span>
      </p>
    )
  }
  if (answer.decision === 'deny') {
    return (
      <p className={classes.verdict} data-decision="deny">
        <IconBan size={20} aria-hidden />
        <span>
          <strong>Denied.</strong> No approval can change that.
        </span>
      </p>
    )
  }
  const unmet = demands.filter((one) => one.fewestApprovals === undefined).length
  return (
    <p className={classes.verdict} data-decision="hold">
      <IconCircleDashed size={20} aria-hidden />
      <span>
        <strong>Held.</strong> {demands.length === 1 ? '1 policy must be met' : `${demands.length} policies must be met, each on its own`}
        {unmet === 0 ? '.' : unmet === demands.length ? ', and nobody could meet it.' : `, and ${unmet} of them cannot be.`}
      </span>
    </p>
  )
}

const MOST = 8

function DemandCard({ demand }: { demand: Demand }) {
  const approvers = demand.approvers ?? []
  const excluded = demand.excluded ?? []
  const met = demand.fewestApprovals !== undefined
  return (
    <Card
      tone={met ? 'plain' : 'bad'}
      title={
        <Link to={paths.policy} params={{ template: demand.templateId }}>
          {demand.name}
        </Link>
      }
      hint={`v${demand.version}`}
      aside={met ? `${demand.fewestApprovals} of ${demand.eligible} who can approve` : undefined}
    >
      {met ? null : (
        <Note tone="bad" title="Cannot be met.">
          {demand.eligible === 0 ? 'Nobody could approve this.' : `${demand.eligible} could approve, and that is not enough.`}
        </Note>
      )}
      {approvers.length > 0 ? (
        <div className={classes.people}>
          {approvers.slice(0, MOST).map((one) => (
            <Link key={one.id} to={paths.person} params={{ person: one.id }} underline="never">
              <PersonChip id={one.id} name={one.name} handle={one.handle} />
            </Link>
          ))}
          {demand.eligible > MOST ? <span className={classes.dim}>and {demand.eligible - MOST} more</span> : null}
        </div>
      ) : null}
      {excluded.length > 0 ? (
        <ul className={classes.excluded}>
          {excluded.map((one) => (
            <li key={one.id}>
              <PersonChip id={one.id} name={one.name} handle={one.handle} /> {one.why === 'asked for this' ? 'asks, and whoever asks never counts.' : `could approve what others ask, but ${one.why}.`}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  )
}
