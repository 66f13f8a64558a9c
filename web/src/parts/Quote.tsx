import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import classes from './Quote.module.css'
import { VisibleText } from './VisibleText'
import { hiddenIn } from './visible'

const LONG = 700

interface QuoteProps {
  children: string
  /** In a timeline: smaller, without the bar. */
  small?: boolean
}

/** What somebody wrote, in his words; long texts fold, and what would not be seen is told. */
export function Quote({ children, small = false }: QuoteProps) {
  const long = children.length > LONG || children.split('\n').length > 12
  const [open, setOpen] = useState(false)
  const hidden = hiddenIn(children)
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
      {hidden > 0 ? (
        <div className={classes.warning}>
          {hidden === 1 ? '1 character in this text' : `${hidden} characters in this text`} would not be seen; each is marked.
        </div>
      ) : null}
    </div>
  )
}
