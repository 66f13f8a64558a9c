import { Tooltip } from '@mantine/core'
import { IconCircleCheck, IconKey, IconUserOff, IconUserQuestion } from '@tabler/icons-react'
import type { Schemas } from '~/api/client'
import { Mark } from '~/ui/Mark'

type Person = Schemas['PeoplePersonView']

/** Whether somebody can act, and whether it is sure that it is the right person. */
export function CredentialMark({ person, boxed = false }: { person: Pick<Person, 'active' | 'credential'>; boxed?: boolean }) {
  if (!person.active) {
    return (
      <Mark icon={IconUserOff} tone="over" boxed={boxed}>
        Deactivated
      </Mark>
    )
  }
  switch (person.credential) {
    case 'confirmed':
      return (
        <Mark icon={IconCircleCheck} tone="good" boxed={boxed}>
          Active
        </Mark>
      )
    case 'unconfirmed':
      return (
        <Tooltip label="Nobody has confirmed yet that the right person set the password. Approvals for whoever made the password link do not count until then.">
          <span tabIndex={0}>
            <Mark icon={IconUserQuestion} boxed={boxed}>
              Active, password link not confirmed
            </Mark>
          </span>
        </Tooltip>
      )
    default:
      return (
        <Mark icon={IconKey} tone="pending" boxed={boxed}>
          No password yet
        </Mark>
      )
  }
}
