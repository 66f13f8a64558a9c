import { IconBell, IconCircleCheck, IconCircleDashed, IconShieldOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, data, Problem } from '~/api/client'
import { Card } from '~/ui/Card'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { spokenDuration } from '~/ui/time'
import classes from './Glass.module.css'
import type { Preview } from './shape'

/** Within which time a closure and a review are owed. */
const withinQuery = {
  queryKey: ['organization', 'breakglass'],
  queryFn: () => data(api.GET('/api/v1/organization')),
}

/** Whom the debts of a session keep from the next one. */
function blocked(who: string | undefined): string {
  if (who === 'person') return ' Until both are done you cannot open another.'
  if (who === 'team') return ' Until both are done nobody of your teams can open another.'
  return ''
}

interface OpeningPreviewProps {
  preview: Preview | undefined
  error: unknown
  busy: boolean
  retry: () => void
  duration: string
}

/** What a session would do, beside the form and live: bypassed, still in force, told, owed. */
export function OpeningPreview({ preview, error, busy, retry, duration }: OpeningPreviewProps) {
  const within = useQuery(withinQuery).data
  const rules = preview?.bypasses.length ?? 0
  return (
    <Card tone="glass" flush label="What the session will do">
      <div className={classes.hatched} aria-live="polite" aria-busy={busy}>
        <h2 className={classes.loud}>{preview ? (rules === 0 ? 'This will bypass nothing' : `This will bypass ${rules} ${rules === 1 ? 'policy' : 'policies'}`) : 'What it will bypass'}</h2>
        {preview ? (rules === 0 ? preview.sentence : `for you alone${duration ? `, for ${spokenDuration(duration)}` : ''}`) : error ? 'This scope cannot be opened; below is why.' : 'Choose actions and resources to see it.'}
      </div>
      {error ? (
        <div className={classes.part}>
          <ProblemNote error={error} what="This scope cannot be chosen." retry={error instanceof Problem && error.status === 400 ? undefined : retry} />
        </div>
      ) : null}
      {preview && preview.faults.length > 0 ? (
        <div className={classes.part}>
          <Note tone="bad" title="It could not be opened like this.">
            {preview.faults.join(' ')}
          </Note>
        </div>
      ) : null}
      {preview && rules > 0 ? (
        <div className={classes.part}>
          <ul className={classes.list}>
            {preview.bypasses.map((one) => (
              <li key={`${one.ruleId}-${one.version}`}>
                <IconShieldOff size={15} className={classes.glassIcon} aria-hidden />
                <span>
                  <strong>{one.name}</strong>
                  <span className={classes.small}>would need {one.needed}</span>
                  <span className={classes.small}>
                    {one.actions.join(', ')} on {one.resources.join(', ')}
                  </span>
                </span>
              </li>
            ))}
          </ul>
          {preview.complete ? null : <p className={classes.dim}>The scope reaches more places than were looked at; there may be more.</p>}
        </div>
      ) : null}
      {preview ? (
        <div className={classes.part}>
          <h3 className={classes.sub}>Still in force</h3>
          <ul className={classes.list}>
            {['Anything outside this scope.', ...preview.unaffected].map((one) => (
              <li key={one}>
                <IconCircleCheck size={15} className={classes.goodIcon} aria-hidden />
                {one}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className={classes.part}>
        <h3 className={classes.sub}>Told at once</h3>
        <ul className={classes.list}>
          <li>
            <IconBell size={15} className={classes.dimIcon} aria-hidden />
            Security managers and the addresses your organization has set: of the opening, of each use, of the end.
          </li>
        </ul>
      </div>
      <div className={classes.part}>
        <h3 className={classes.sub}>You will owe</h3>
        <ul className={classes.list}>
          <li>
            <IconCircleDashed size={15} className={classes.dimIcon} aria-hidden />
            <span>A closure{within?.breakGlassClosureAfter ? ` within ${spokenDuration(within.breakGlassClosureAfter)} of the end` : ' after the end'}, with an owner for the preventive action.</span>
          </li>
          <li>
            <IconCircleDashed size={15} className={classes.dimIcon} aria-hidden />
            <span>
              A review by somebody who had no part in it{within?.breakGlassReviewAfter ? `, within ${spokenDuration(within.breakGlassReviewAfter)}` : ''}.
              {blocked(within?.breakGlassBlocksNext)}
            </span>
          </li>
        </ul>
      </div>
    </Card>
  )
}
