import { paths } from '~/app/paths'
import { Link } from '~/ui/Link'
import classes from './Named.module.css'
import { type Name, useName } from './names'
import { Face } from './PersonChip'

interface NamedProps {
  /** The id of a person, account, team, project, environment, cluster, role or release. */
  id: string
  /** With the face, where people are listed. */
  face?: boolean
  /** Without the link, within links and sentences. */
  plain?: boolean
}

/** What an id stands for, as a link to it; what is gone keeps its name. */
export function Named({ id, face = false, plain = false }: NamedProps) {
  const own = id === 'system'
  const name = useName(own ? undefined : id)
  if (own) return <span>Countersign</span>
  if (!name) return name === undefined ? <span className={classes.coming}>…</span> : <code>{id}</code>
  const human = ['person', 'service', 'agent', 'bootstrap'].includes(name.kind)
  const words = name.kind === 'bootstrap' ? 'Administration token' : name.name
  return (
    <span className={face ? classes.named : undefined}>
      {face && human ? <Face id={id} name={words} kind={name.kind} /> : null}
      {plain || name.gone ? <span title={name.handle ? `@${name.handle}` : undefined}>{words}</span> : <NameLink name={name} words={words} />}
      {name.gone ? <span className={classes.note}> (removed)</span> : null}
    </span>
  )
}

function NameLink({ name, words }: { name: Name; words: string }) {
  switch (name.kind) {
    case 'person':
      return (
        <Link inherit to={paths.person} params={{ person: `@${name.handle}` }}>
          {words}
        </Link>
      )
    case 'service':
    case 'agent':
      return (
        <Link inherit to={paths.account} params={{ account: `@${name.handle}` }}>
          {words}
        </Link>
      )
    case 'team':
      return (
        <Link inherit to={paths.team} params={{ team: `@${name.handle}` }}>
          {words}
        </Link>
      )
    case 'project':
      return (
        <Link inherit to={paths.project} params={{ project: name.id }}>
          {words}
        </Link>
      )
    case 'environment':
      return (
        <Link inherit to={paths.project} params={{ project: words.split('/')[0] ?? words }}>
          {words}
        </Link>
      )
    default:
      return <span>{words}</span>
  }
}
