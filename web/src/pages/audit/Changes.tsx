import { Named } from '~/parts/Named'
import { VisibleText } from '~/parts/VisibleText'
import { Facts } from '~/ui/Facts'
import classes from './Audit.module.css'
import { type FieldChange, fieldChanges } from './changes'

/** What an edit changed, field by field: before → after. */
export function Changes({ of }: { of: unknown }) {
  const changes = fieldChanges(of)
  if (changes.length === 0) return null
  return (
    <div className={classes.changes}>
      <h2 className={classes.heading}>What changed</h2>
      <Facts of={changes.map((one) => [one.words.charAt(0).toUpperCase() + one.words.slice(1), <Values key={one.words} of={one} />] as const)} />
    </div>
  )
}

function Values({ of }: { of: FieldChange }) {
  if (!of.field) return null
  return (
    <span>
      <Value field={of.field} {...of.before} /> → <Value field={of.field} {...of.after} />
    </span>
  )
}

/** What an id stands for by its name, anything else in words; how it is kept is on hover. */
function Value({ field, kept, words }: { field: string; kept: string; words: string }) {
  if (field.endsWith('Id') && kept !== 'none') return <Named id={kept} />
  return (
    <span title={kept === words ? undefined : kept}>
      <VisibleText>{words}</VisibleText>
    </span>
  )
}
