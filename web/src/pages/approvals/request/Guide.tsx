import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import classes from './Decide.module.css'

/** The decision guide of operations, unfolding beside the decision. */
export function Guide() {
  const [open, setOpen] = useState(false)
  const id = useId()
  const Icon = open ? IconChevronDown : IconChevronRight
  return (
    <div className={classes.guide}>
      <UnstyledButton className={classes.guideToggle} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon size={14} aria-hidden /> When to approve, when to reject
      </UnstyledButton>
      <div id={id} hidden={!open}>
        <h3 className={classes.guideTitle}>Approve when</h3>
        <ul>
          <li>Scope is clear, gates are satisfied, and risk is acceptable.</li>
          <li>Release/rollback context is complete and verifiable.</li>
        </ul>
        <h3 className={classes.guideTitle}>Reject when</h3>
        <ul>
          <li>Scope is unclear, evidence is missing, or policy intent is violated.</li>
          <li>Use rejection comments that explain exact remediation path.</li>
        </ul>
      </div>
    </div>
  )
}
