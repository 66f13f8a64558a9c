import type { ReactNode } from 'react'
import classes from './Rows.module.css'

export interface Column<Row> {
  head: string
  cell: (row: Row) => ReactNode
  /** Numbers and actions stand at the right. */
  end?: boolean
  /** Only its content, without its head, on a phone. */
  bare?: boolean
  /** As narrow as its content. */
  narrow?: boolean
  /** As wide as this, so that tables below each other stand in line. */
  width?: number
}

interface RowsProps<Row> {
  /** What the table is of, for screen readers. */
  label: string
  rows: Row[]
  columns: ReadonlyArray<Column<Row>>
  keyOf: (row: Row) => string | number
  /** Marks a row: what has ended is dim. */
  dim?: (row: Row) => boolean
  /** Its cells hold whole sentences: it needs more room than its columns tell. */
  roomy?: boolean
}

/** How much room a table takes before its rows become cards: the more columns, the more. */
function sizeOf(columns: number, roomy: boolean): string | undefined {
  if (roomy) return classes.roomy
  return columns > 5 ? classes.many : columns > 3 ? classes.some : classes.few
}

/**
 * A table that becomes cards where it has no room, on a phone or beside something else. The first column names the row.
 * Roles are said, because browsers forget those of a table that is drawn as blocks.
 */
export function Rows<Row>({ label, rows, columns, keyOf, dim, roomy = false }: RowsProps<Row>) {
  return (
    <div className={sizeOf(columns.length, roomy)}>
      <table className={classes.rows} aria-label={label} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.head} role="columnheader" scope="col" data-end={column.end} data-narrow={column.narrow} style={column.width ? { width: column.width } : undefined}>
                {column.bare && column.end ? <span className="visually-hidden">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row" data-dim={dim?.(row) === true}>
              {columns.map((column, at) =>
                at === 0 ? (
                  <th key={column.head} role="rowheader" scope="row" className={classes.name}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.head} role="cell" data-end={column.end} data-head={column.bare ? undefined : column.head}>
                    {column.bare ? column.cell(row) : <div className={classes.value}>{column.cell(row)}</div>}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
