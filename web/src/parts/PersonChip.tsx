import { IconRobot, IconSparkles } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './PersonChip.module.css'

interface FaceProps {
  id: string
  name: string
  /** person, service or agent: people are round, machines are square. */
  kind?: string
  size?: number
  /** What the face did: a tick or a cross at its corner. */
  mark?: 'approved' | 'denied'
}

/** "Jane Okafor" is JO; "deploy-bot" is DB. */
export function initials(name: string): string {
  const words = name.trim().split(/[\s_-]+/).filter(Boolean)
  const first = words[0] ?? '?'
  const last = words.length > 1 ? words[words.length - 1]! : ''
  const letters = last ? [...first][0]! + [...last][0]! : [...first].slice(0, 2).join('')
  return letters.toUpperCase()
}

/** One of five muted grounds, chosen by the id; it never means anything. */
export function groundOf(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0
  return sum % 5
}

/** A person's circle or a machine's square. */
export function Face({ id, name, kind = 'person', size = 22, mark }: FaceProps) {
  const machine = kind !== 'person'
  const ground = groundOf(id)
  const Icon = kind === 'agent' ? IconSparkles : IconRobot
  return (
    <span
      className={classes.face}
      data-machine={machine}
      style={{
        width: size,
        height: size,
        fontSize: Math.max(9, Math.round(size * 0.41)),
        background: machine ? 'var(--cs-track)' : `var(--cs-face-${ground}-soft)`,
        color: machine ? 'var(--cs-dim)' : `var(--cs-face-${ground}-text)`,
      }}
      title={name}
      aria-hidden
    >
      {machine ? <Icon size={Math.round(size * 0.64)} stroke={1.8} /> : initials(name)}
      {mark ? <span className={classes.mark} data-mark={mark} /> : null}
    </span>
  )
}

interface PersonChipProps {
  id: string
  name: string
  kind?: string
  handle?: string
  /** A team, a role, an owner: what one should know beside the name. */
  note?: ReactNode
  strong?: boolean
  /** The reader himself, who is called so; his face stays his own. */
  you?: boolean
}

/** Somebody: face, name, and what one should know beside it. */
export function PersonChip({ id, name, kind, handle, note, strong = false, you = false }: PersonChipProps) {
  return (
    <span className={classes.chip}>
      <Face id={id} name={name} kind={kind} />
      <span className={classes.name} data-strong={strong} title={handle ? `@${handle}` : undefined}>
        {you ? 'You' : name}
      </span>
      {note ? <span className={classes.note}>{note}</span> : null}
    </span>
  )
}
