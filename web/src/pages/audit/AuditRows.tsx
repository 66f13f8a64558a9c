import { useEffect, useRef } from 'react'
import type { Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { Named } from '~/parts/Named'
import { Link } from '~/ui/Link'
import { Time } from '~/ui/Time'
import classes from './Audit.module.css'
import { EntryIcon, prominence, prominentWord } from './EntryIcon'
import { Sentence } from './Sentence'

interface AuditRowsProps {
  rows: ReadonlyArray<Schemas['FoundEntry']>
  /** Where the keyboard is. */
  current: number | undefined
  /** Which is shown beside the list. */
  open: number | undefined
  onOpen: (leafIndex: number) => void
}

/** The entries as sentences; what stands out has a hatch, an icon, a word and a ground. */
export function AuditRows({ rows, current, open, onOpen }: AuditRowsProps) {
  const here = useRef<HTMLTableRowElement>(null)
  useEffect(() => here.current?.scrollIntoView({ block: 'nearest' }), [current])
  return (
    <table className={classes.rows} aria-label="Entries of the audit log">
      <thead>
        <tr>
          <th scope="col">Entry</th>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Who</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const word = prominentWord(row.type, row.prominent)
          return (
            <tr
              key={row.leafIndex}
              ref={current === row.leafIndex ? here : undefined}
              className={classes.row}
              data-prominent={prominence(row.type, row.prominent)}
              data-current={current === row.leafIndex}
              data-open={open === row.leafIndex}
              onClick={(event) => {
                if (event.target instanceof HTMLElement && event.target.closest('a, button')) return
                if (window.getSelection()?.toString()) return
                onOpen(row.leafIndex)
              }}
            >
              <td className={classes.index}>
                <button type="button" className={classes.open} onClick={() => onOpen(row.leafIndex)} aria-label={`Open entry ${row.leafIndex}`}>
                  {row.leafIndex.toLocaleString('en')}
                </button>
              </td>
              <td className={classes.when}>
                <Time at={row.time} as="clock" />
              </td>
              <td>
                <span className={classes.what}>
                  <EntryIcon type={row.type} prominent={row.prominent} />
                  <span>
                    {word ? <strong className={classes.word}>{word} · </strong> : null}
                    <Sentence type={row.type} entry={row.entry} />{' '}
                    {row.number ? (
                      <Link to={paths.request} params={{ request: row.number }} className={classes.number}>
                        {row.number}
                      </Link>
                    ) : null}
                  </span>
                </span>
              </td>
              <td className={classes.who}>
                <Named id={row.actor.id} face plain />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
