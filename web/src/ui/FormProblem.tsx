import { useLayoutEffect, useRef, useState } from 'react'
import { Problem } from '~/api/client'
import { Note } from './Note'
import { ProblemNote } from './ProblemNote'

/** Why a form was refused; what its fields say already is not said once more beneath them. */
export function FormProblem({ error, what }: { error: unknown; what?: string | undefined }) {
  const here = useRef<HTMLDivElement>(null)
  const [marked, setMarked] = useState(false)
  useLayoutEffect(() => {
    const fields = new Set(error instanceof Problem && error.status === 400 ? error.violations.map((one) => one.field) : [])
    const shown = here.current?.closest('form')?.querySelectorAll('[aria-invalid="true"]').length ?? 0
    setMarked(fields.size > 0 && !fields.has(undefined) && shown >= fields.size)
  }, [error])
  return (
    <div ref={here}>
      {marked ? (
        <Note tone="bad" title={what} alert>
          Mend what is marked.
        </Note>
      ) : (
        <ProblemNote error={error} {...(what ? { what } : {})} />
      )}
    </div>
  )
}
