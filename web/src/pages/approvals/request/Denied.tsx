import { IconCircleX } from '@tabler/icons-react'
import { PersonChip } from '~/parts/PersonChip'
import { Quote } from '~/parts/Quote'
import { VisibleText } from '~/parts/VisibleText'
import classes from './Denied.module.css'
import { readDenial } from './denial'
import { Resubmit } from './Resubmit'
import type { Detail } from './shape'

/** Why it was rejected, and the way forward, numbered, before anything else. */
export function Denied({ request, me }: { request: Detail; me: string }) {
  const vote = request.votes.find((one) => one.vote === 'deny' && !one.endedAt) ?? request.votes.find((one) => one.vote === 'deny')
  const { why, steps } = readDenial(vote?.note ?? '')
  return (
    <section className={classes.card}>
      <header className={classes.head}>
        <IconCircleX size={16} aria-hidden className={classes.icon} />
        <h2 className={classes.title}>Why, and the way forward</h2>
        {vote ? <PersonChip id={vote.person.id} name={vote.person.name} you={vote.person.id === me} kind={vote.person.kind} strong /> : null}
      </header>
      <div className={classes.body}>
        {why ? <Quote>{why}</Quote> : <p className={classes.none}>No reason was given.</p>}
        {steps.length > 0 ? (
          <>
            <h3 className={classes.steps}>To be approved</h3>
            <ol className={classes.list}>
              {steps.map((step, at) => (
                <li key={at}>
                  <VisibleText>{step}</VisibleText>
                </li>
              ))}
            </ol>
          </>
        ) : null}
        <Resubmit request={request} me={me} />
      </div>
    </section>
  )
}
