import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import classes from './Quote.module.css'
import { VisibleText } from './VisibleText'
import { marksIn } from './visible'

const LONG = 700

interface QuoteProps {
  children: string
  /** In a timeline: smaller, without the bar. */
  small?: boolean
}

/** What somebody wrote, in his words; long texts fold, and what hides in them is told. */
export function Quote({ children, small = false }: QuoteProps) {
  const long = children.length > LONG || children.split('\n').length > 12
  const [open, setOpen] = useState(false)
  const marks = marksIn(children)
  return (
    <div className={classes.frame} data-small={small}>
      <blockquote className={classes.quote} data-folded={long && !open}>
        “<VisibleText>{children}</VisibleText>”
      </blockquote>
      {long ? (
        <UnstyledButton className={classes.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Show less' : `Show all ${children.length.toLocaleString('en')} characters`}
        </UnstyledButton>
      ) : null}
      {marks > 0 ? (
        <div className={classes.warning}>
          {marks === 1 ? '1 character in this text hides or passes for another; it is' : `${marks} characters in this text hide or pass for others; each is`} marked.
        </div>
      ) : null}
    </div>
  )
}
