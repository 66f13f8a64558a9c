import { Button, Group } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconChevronsLeft } from '@tabler/icons-react'
import classes from './Pager.module.css'

/** From which page one came to a page, as long as this tab lives; the server only knows the way forward. */
const cameFrom = new Map<string, string | undefined>()

interface PagerProps {
  /** The cursor of the page that is shown; none on the first. */
  cursor: string | undefined
  nextCursor: string | undefined
  onGo: (cursor: string | undefined) => void
  /** What is counted, at the left: "50 people". */
  children?: string
}

/** The way through a list that the server pages by key. */
export function Pager({ cursor, nextCursor, onGo, children }: PagerProps) {
  if (!cursor && !nextCursor) return children ? <p className={classes.words}>{children}</p> : null
  const next = () => {
    if (!nextCursor) return
    cameFrom.set(nextCursor, cursor)
    onGo(nextCursor)
  }
  return (
    <nav className={classes.pager} aria-label="Pages of the list">
      <span className={classes.words}>{children}</span>
      <Group gap={6}>
        {cursor ? (
          <Button variant="default" leftSection={<IconChevronsLeft size={15} aria-hidden />} onClick={() => onGo(undefined)}>
            First
          </Button>
        ) : null}
        {cursor && cameFrom.has(cursor) && cameFrom.get(cursor) ? (
          <Button variant="default" leftSection={<IconArrowLeft size={15} aria-hidden />} onClick={() => onGo(cameFrom.get(cursor))}>
            Previous
          </Button>
        ) : null}
        {nextCursor ? (
          <Button variant="default" rightSection={<IconArrowRight size={15} aria-hidden />} onClick={next}>
            Next
          </Button>
        ) : null}
      </Group>
    </nav>
  )
}
