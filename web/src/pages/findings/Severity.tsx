import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import classes from './Findings.module.css'

const looks: Record<string, { word: string; icon: typeof IconInfoCircle }> = {
  high: { word: 'High', icon: IconExclamationCircle },
  medium: { word: 'Medium', icon: IconAlertTriangle },
  low: { word: 'Low', icon: IconInfoCircle },
}

/** How much a finding matters: a shape, a word and a colour. */
export function Severity({ word }: { word: string }) {
  const look = looks[word] ?? { word, icon: IconInfoCircle }
  const Icon = look.icon
  return (
    <span className={classes.severity} data-severity={word}>
      <Icon size={15} aria-hidden /> {look.word}
    </span>
  )
}
