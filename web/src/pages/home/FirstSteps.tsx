import { IconArrowsSplit2, IconCheck, IconFileCertificate, IconKey, IconPlayerPause, IconSend, IconSignature } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { Face } from '~/parts/PersonChip'
import { count } from '~/parts/requests'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { Link, LinkButton } from '~/ui/Link'
import { AskStep } from './AskStep'
import classes from './FirstSteps.module.css'
import { doneSteps, presentStep, type Step } from './firstSteps'
import { PlaceForm } from './PlaceForm'
import { PolicyStep } from './PolicyStep'
import type { Found } from './setUp'

/** Four steps on one page: people, a project with an environment, the first policy, the first ask. */
export function FirstSteps({ setUp }: { setUp: Found }) {
  const done = doneSteps(setUp.counts)
  const present = presentStep(setUp.counts)
  const state = (step: Step) => (done[step] ? 'done' : step === present ? 'now' : 'then')
  return (
    <Columns side={<HowItWorks />}>
      <ol className={classes.steps}>
        <StepItem number={1} state={state('people')} title="People and teams" aside={`${setUp.morePeople ? 'more than ' : ''}${count(setUp.counts.people, 'person', 'people')}, ${count(setUp.counts.teams, 'team')}`}>
          <People setUp={setUp} done={done.people} />
        </StepItem>
        <StepItem number={2} state={state('places')} title="A project and an environment" aside={count(setUp.counts.environments, 'environment')}>
          {done.places ? <Places setUp={setUp} /> : <PlaceForm />}
        </StepItem>
        <StepItem number={3} state={state('policy')} title={done.policy ? 'The first policy' : 'Choose the first policy'} aside={done.policy ? count(setUp.counts.boundPolicies, 'policy', 'policies') : undefined}>
          {done.policy ? (
            <p className={classes.line}>
              {setUp.policies.slice(0, 3).map((one, at) => (
                <span key={one.id}>
                  {at > 0 ? ', ' : null}
                  <Link to={paths.policy} params={{ template: one.id }}>
                    {one.name ?? one.id}
                  </Link>
                </span>
              ))}{' '}
              {setUp.policies.length > 3 ? `and ${setUp.policies.length - 3} more` : null}
            </p>
          ) : (
            <PolicyStep teams={setUp.teams} environments={setUp.environments} />
          )}
        </StepItem>
        <StepItem number={4} state={state('ask')} title="Ask for something risky">
          <AskStep environment={setUp.environments.find((one) => one.tier === 'production') ?? setUp.environments[0]} first={setUp.firstRequest} />
        </StepItem>
      </ol>
    </Columns>
  )
}

interface StepItemProps {
  number: number
  state: 'done' | 'now' | 'then'
  title: string
  aside?: string | undefined
  children: ReactNode
}

function StepItem({ number, state, title, aside, children }: StepItemProps) {
  const word = { done: 'Done', now: 'Now', then: 'Later' }[state]
  return (
    <li className={classes.step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
      <span className={classes.number}>
        {state === 'done' ? <IconCheck size={17} aria-hidden /> : number}
        <span className="visually-hidden">{word}: </span>
      </span>
      <div className={classes.content}>
        <div className={classes.head}>
          <h2>{title}</h2>
          <span>{state === 'then' ? 'then' : aside}</span>
        </div>
        {children}
      </div>
    </li>
  )
}

function People({ setUp, done }: { setUp: Found; done: boolean }) {
  const may = useMay('directory-write')
  return (
    <>
      {done ? null : (
        <p className={classes.line}>
          Whoever asks never counts, so there must be somebody else. Put those who may approve into a team; each person sets his own password with a one-time link.
        </p>
      )}
      <div className={classes.people}>
        {setUp.people.slice(0, 8).map((one) => (
          <Face key={one.id} id={one.id} name={one.name} size={26} />
        ))}
        <span>{setUp.teams.slice(0, 4).map((team) => team.name).join(', ')}</span>
        {may && done ? <Link to={paths.people}>Invite more</Link> : null}
      </div>
      {may && !done ? (
        <div className={classes.buttons}>
          <LinkButton to={paths.people} size="xs">
            Add people
          </LinkButton>
          <LinkButton to={paths.teams} size="xs" variant="default">
            Add a team
          </LinkButton>
        </div>
      ) : null}
    </>
  )
}

function Places({ setUp }: { setUp: Found }) {
  return (
    <p className={classes.line}>
      {setUp.environments.slice(0, 5).map((one, at) => (
        <span key={one.id}>
          {at > 0 ? ', ' : null}
          <Link to={paths.project} params={{ project: one.projectId }}>
            {one.path}
          </Link>
        </span>
      ))}
      {setUp.environments.length > 5 ? ` and ${setUp.environments.length - 5} more` : null}
    </p>
  )
}

function HowItWorks() {
  const lines = [
    [IconSend, 'Someone or something asks'],
    [IconPlayerPause, 'Policies hold it'],
    [IconSignature, 'The right people sign'],
    [IconKey, 'One grant, one use'],
    [IconFileCertificate, 'Provable afterwards'],
  ] as const
  return (
    <>
      <Card title="How it works">
        <ul className={classes.how}>
          {lines.map(([Icon, words]) => (
            <li key={words}>
              <Icon size={17} stroke={1.7} aria-hidden /> {words}
            </li>
          ))}
        </ul>
      </Card>
      <Card title="Wired to your tools">
        <ul className={classes.how}>
          <li>
            <IconArrowsSplit2 size={17} stroke={1.7} aria-hidden /> Git pushes, pipelines, Terraform and agents ask by the same API that this page uses.
          </li>
        </ul>
      </Card>
    </>
  )
}
