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
}

/** A table that becomes cards on a phone. The first column names the row. */
export function Rows<Row>({ label, rows, columns, keyOf, dim }: RowsProps<Row>) {
  return (
    <table className={classes.rows} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" data-end={column.end} data-narrow={column.narrow} style={column.width ? { width: column.width } : undefined}>
              {column.bare && column.end ? <span className="visually-hidden">{column.head}</span> : column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} data-dim={dim?.(row) === true}>
            {columns.map((column, at) =>
              at === 0 ? (
                <th key={column.head} scope="row" className={classes.name}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.head} data-end={column.end} data-head={column.bare ? undefined : column.head}>
                  {column.bare ? column.cell(row) : <div className={classes.value}>{column.cell(row)}</div>}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
