import { Modal, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCircleCheckFilled, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '~/app/session'
import { VisibleText } from '~/parts/VisibleText'
import { Loading } from '~/ui/Loading'
import { ProblemNote } from '~/ui/ProblemNote'
import { Time } from '~/ui/Time'
import { readStanding } from './acts'
import classes from './Asker.module.css'
import { PersonSearch, type Somebody } from './PersonSearch'
import { sentence } from './words'

/** "Why can, or can't, this person approve?", answered for anybody. */
export function StandingDialog({ request }: { request: string }) {
  const may = useMay('directory-read')
  const [opened, dialog] = useDisclosure(false)
  const [person, setPerson] = useState<Somebody | undefined>()
  if (!may) return null
  return (
    <>
      <UnstyledButton className={classes.ask} onClick={dialog.open}>
        Who can approve it, and who cannot?
      </UnstyledButton>
      <Modal opened={opened} onClose={dialog.close} title={`Who can approve ${request}, and who cannot?`} size="lg">
        <PersonSearch label="Person" value={person} onChange={setPerson} autofocus />
        <div className={classes.answer}>{person ? <Answer request={request} person={person} /> : null}</div>
      </Modal>
    </>
  )
}

function Answer({ request, person }: { request: string; person: Somebody }) {
  const standing = useQuery({
    queryKey: ['requests', 'standing', request, person.id],
    queryFn: () => readStanding(request, person.id),
  })
  if (standing.isPending) return <Loading what={`how ${person.name} stands`} lines={3} />
  if (standing.isError) return <ProblemNote error={standing.error} what="There is no answer." retry={() => void standing.refetch()} />
  return (
    <div role="status">
      <p>
        <strong>
          <VisibleText>{standing.data.sentence}</VisibleText>
        </strong>
      </p>
      <ul className={classes.standings}>
        {standing.data.requirements.map((one) => {
          const Icon = one.eligible ? IconCircleCheckFilled : IconCircleX
          return (
            <li key={one.id} data-eligible={one.eligible}>
              <Icon size={16} aria-hidden className={classes.mark} />
              <div>
                <strong>{one.requirement}</strong>
                <div>{sentence(one.sentence)}</div>
                {one.paths.map((path, at) => (
                  <div key={at} className={classes.path}>
                    {path.kind === 'name' ? 'named in the rule' : `through the ${path.kind} ${path.label}`}
                    {path.steps.map((step, index) => (
                      <span key={index}>
                        {index === 0 ? ': ' : ', above it '}
                        {step.into}
                        {step.at ? (
                          <>
                            {' '}
                            since <Time at={step.at} as="clock" />
                          </>
                        ) : null}
                        {step.by ? ` by ${step.by.name}` : ''}
                      </span>
                    ))}
                  </div>
                ))}
              </div>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
