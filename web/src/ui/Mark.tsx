import type { Icon } from '@tabler/icons-react'
import classes from './Mark.module.css'

interface MarkProps {
  icon: Icon
  tone?: 'plain' | 'good' | 'pending' | 'bad' | 'over' | 'yours'
  /** In a soft box, where it is the news. */
  boxed?: boolean
  children: string
}

/** A short state of something: an icon and a word, coloured but never by colour alone. */
export function Mark({ icon: Sign, tone = 'plain', boxed = false, children }: MarkProps) {
  return (
    <span className={classes.mark} data-tone={tone} data-boxed={boxed}>
      <Sign size={14} stroke={2} aria-hidden /> {children}
    </span>
  )
}
