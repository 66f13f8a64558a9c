import { IconFlame } from '@tabler/icons-react'
import { Mark } from '~/ui/Mark'

/** That something is an emergency workflow's: asked for with a reason, told to the security managers at once. */
export function EmergencyMark({ boxed = false }: { boxed?: boolean }) {
  return (
    <Mark icon={IconFlame} tone="bad" boxed={boxed}>
      Emergency
    </Mark>
  )
}
