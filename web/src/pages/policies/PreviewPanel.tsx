import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Problem } from '~/api/client'
import { useMay } from '~/app/session'
import { Face } from '~/parts/PersonChip'
import { RuleSentence } from '~/parts/RuleSentence'
import { capital, listed, waysWords } from '~/parts/ruleWords'
import { hoursOf, WeekCalendar } from '~/parts/WeekCalendar'
import { Card } from '~/ui/Card'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import classes from './PreviewPanel.module.css'
import { type Chances, organizationQuery, type Template } from './queries'
import { ReplayPanel } from './ReplayPanel'
import type { Previewed } from './usePreview'

interface PreviewPanelProps {
  /** The form is shown beside it, where each field says what is wrong with it. */
  marked: boolean
  previewed: Previewed
  saved: Template | undefined
}

/** What the sheet means while it is written: what it says, when, whether it can be met and on whom it rests, what it would have done. */
export function PreviewPanel({ marked, previewed, saved }: PreviewPanelProps) {
  const { preview, problem, unbegun, error, retry, current } = previewed
  const mayReplay = useMay('policy-write')
  const zone = useQuery(organizationQuery).data?.zone ?? 'UTC'
  return (
    <section className={classes.panel} aria-label="Preview" aria-busy={!current}>
      <Card
        flush
        title={
          <>
            <IconEye size={16} className={classes.eye} aria-hidden /> Preview
          </>
        }
        hint="follows what you type"
      >
        {problem && !unbegun ? (
          <div className={classes.part}>
            <Note tone="bad" title="It cannot be read as it is.">
              {marked ? 'Mend what is marked in the form.' : <Faults of={problem.violations} />}
            </Note>
          </div>
        ) : null}
        {unbegun ? (
          <div className={classes.part}>
            <Note title="Nobody could approve yet.">Say who can approve, and this shows what the policy means.</Note>
          </div>
        ) : null}
        {error ? (
          <div className={classes.part}>
            <ProblemNote error={error} what="The preview could not be made." retry={retry} />
          </div>
        ) : null}
        {!preview && !problem && !error && !unbegun ? <Loading what="the preview" lines={8} /> : null}
        {preview && !unbegun ? (
          <div className={classes.body} data-old={problem !== undefined}>
            <p className={classes.sentence}>
              <RuleSentence rule={preview.template} names={preview.names ?? {}} hours={hoursOf(preview.calendar)} />
            </p>
            <div className={classes.part}>
              <h3>When</h3>
              <WeekCalendar
                hours={hoursOf(preview.calendar)}
                zone={preview.calendar.timezone || zone}
                activeNow={preview.calendar.activeNow}
                changesAt={preview.calendar.changesAt}
              />
            </div>
            <div className={classes.part}>
              <h3>Can it be met?</h3>
              <Met chances={preview.chances} needed={preview.fewestApprovals} why={!marked} />
              <Groups chances={preview.chances} />
            </div>
            {(preview.warnings ?? []).length > 0 ? (
              <div className={classes.part}>
                <h3>Worth a second look</h3>
                {(preview.warnings ?? []).map((one) => (
                  <Note key={one.code + one.field} tone="pending">
                    {capital(one.sentence)}.
                  </Note>
                ))}
              </div>
            ) : null}
            {mayReplay && preview.chances.eligible >= 0 && (preview.refusals ?? []).length === 0 && !problem ? (
              <div className={classes.part}>
                <ReplayPanel form={preview.template} saved={saved} />
              </div>
            ) : null}
          </div>
        ) : null}
      </Card>
    </section>
  )
}

/** What is wrong, one by one, where no field says it. */
export function Faults({ of }: { of: Problem['violations'] }) {
  return (
    <ul className={classes.faults}>
      {of.map((one, at) => (
        <li key={at}>{capital(one.message ?? '')}.</li>
      ))}
    </ul>
  )
}

interface MetProps {
  chances: Chances
  needed?: number | undefined
  saved?: boolean
  /** The count is said here; else a field says it. */
  why?: boolean
}

/** Whether it can be met, in how many ways, and without whom not. */
export function Met({ chances, needed, saved = false, why = true }: MetProps) {
  if (!chances.possible) {
    const empty = (chances.groups ?? []).filter((group) => group.required && group.counting === 0)
    return (
      <Note tone="bad" title="Cannot be met.">
        {empty.length > 0
          ? `It needs somebody from ${listed(empty.map((group) => group.name), 'and')}; nobody there can approve.`
          : !why
            ? ''
            : `${chances.eligible === 0 ? 'Nobody' : chances.eligible === 1 ? 'Only 1 person' : `Only ${chances.eligible} people`} can approve, and that is not enough.`}{' '}
        {saved ? 'What it holds waits in vain until people are added or it is edited.' : 'It cannot be saved like this.'}
      </Note>
    )
  }
  const rests = (chances.restsOn ?? []).map((one) => one.name)
  return (
    <Note tone={rests.length > 0 ? 'pending' : 'good'} title={`Can be met ${waysWords(chances.ways, chances.waysExact)}`}>
      {enough(needed ?? chances.fewestApprovals, chances.eligible)}
      {rests.length > 0 ? ` Rests on ${listed(rests, 'and')}: without ${rests.length === 1 ? 'this person' : 'one of them'} nobody could meet it.` : ' Nobody alone can stop it.'}
    </Note>
  )
}

/** How many of those who can approve it takes. */
function enough(needed: number | undefined, eligible: number): string {
  if (eligible === 1) return 'by the one person who can approve.'
  return needed === eligible ? `by all ${eligible} who can approve.` : `by ${needed ?? 'some'} of the ${eligible} who can approve.`
}

/** The people of each team and role; who does not count is struck out. */
export function Groups({ chances }: { chances: Chances }) {
  return (
    <ul className={classes.groups}>
      {(chances.groups ?? []).map((group) => {
        const members = group.members ?? []
        const others = members.filter((one) => !one.counts)
        return (
          <li key={group.kind + group.id} className={classes.group}>
            <span className={classes.groupName}>
              {group.kind === 'role' ? `Role ${group.name}` : group.name}
              {group.required ? <span className={classes.dim}> required</span> : null}
            </span>
            <span className={classes.faces}>
              {members
                .filter((one) => one.counts)
                .slice(0, 8)
                .map((one) => (
                  <Face key={one.id} id={one.id} name={one.name} size={24} />
                ))}
              {group.counting > 8 ? <span className={classes.dim}>+{group.counting - 8}</span> : null}
              {others.slice(0, 3).map((one) => (
                <span key={one.id} className={classes.struck}>
                  <Face id={one.id} name={one.name} size={24} />
                  <IconEyeOff size={14} aria-hidden /> <s>{one.name}</s> {one.why === 'has no active account' ? 'has no active account' : 'a viewer, does not count'}
                </span>
              ))}
              <span className="visually-hidden">
                {members
                  .filter((one) => one.counts)
                  .map((one) => one.name)
                  .join(', ')}
              </span>
            </span>
            <span className={classes.groupCount}>{group.counting === group.size ? group.size : `${group.counting} of ${group.size}`}</span>
          </li>
        )
      })}
    </ul>
  )
}
