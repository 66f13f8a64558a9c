import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMay } from '~/app/session'
import { AskLines } from './AskLines'
import { environmentsQuery } from './places'

/** How one asks, behind a button; only for who may. */
export function HowToAsk() {
  const may = useMay('ask')
  const [opened, dialog] = useDisclosure(false)
  const environments = useQuery({ ...environmentsQuery, enabled: opened }).data ?? []
  const path = (environments.find((one) => one.tier === 'production') ?? environments[0])?.path ?? 'payments/production'
  if (!may) return null
  return (
    <>
      <Button variant="default" size="xs" onClick={dialog.open}>
        How to ask
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="How to ask" size="lg">
        <p>
          Asking is done where the work is: at a terminal, in a pipeline, by an agent. These lines ask to deploy to {path}; a policy that
          applies there holds it until people approve, and it then stands under Approvals.
        </p>
        <AskLines path={path} />
      </Modal>
    </>
  )
}
