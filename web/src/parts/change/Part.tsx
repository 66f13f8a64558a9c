import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type Operation, SIGNS } from './operations'
import classes from './Part.module.css'

interface PartProps {
  operation: Operation
  /** What kind of thing, before its name. */
  kind?: ReactNode
  name: ReactNode
  /** Where it is, behind its name. */
  where?: ReactNode
  /** How much of it, at the right. */
  count?: ReactNode
  /** Worse than its operation: what is destroyed. */
  grave?: boolean
  openAtFirst?: boolean
  children: ReactNode
}

/** One object, file or resource of a change, which folds. */
export function Part({ operation, kind, name, where, count, grave = false, openAtFirst = true, children }: PartProps) {
  const [open, setOpen] = useState(openAtFirst)
  const Icon = open ? IconChevronDown : IconChevronRight
  return (
    <div className={classes.part}>
      <h3 className={classes.head}>
        <UnstyledButton className={classes.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon size={14} aria-hidden className={classes.chevron} />
          <span className={classes.operation} data-operation={operation} aria-hidden>
            {SIGNS[operation]}
          </span>
          <span className="visually-hidden">{operation}: </span>
          <span className={classes.title}>
            {kind ? <span className={classes.dim}>{kind} </span> : null}
            <strong className={classes.name}>{name}</strong>
            {where ? <span className={classes.dim}> {where}</span> : null}
          </span>
          {count ? (
            <span className={classes.count} data-grave={grave}>
              {count}
            </span>
          ) : null}
        </UnstyledButton>
      </h3>
      {open ? children : <div className="print-note">folded when this was printed</div>}
    </div>
  )
}
