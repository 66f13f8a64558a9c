import type { ReactNode } from 'react'
import classes from './Facts.module.css'

/** Facts as pairs of a word and its value; what is undefined is left out. */
export function Facts({ of }: { of: ReadonlyArray<readonly [string, ReactNode]> }) {
  return (
    <dl className={classes.facts}>
      {of
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([word, value]) => (
          <div key={word} className={classes.pair}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
