import type { ReactNode } from 'react'
import { Stack } from '@mantine/core'
import classes from './FormSection.module.css'

/** Fields of a long form that belong together, beneath their heading. */
export function FormSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={classes.section}>
      <legend className={classes.title}>{title}</legend>
      <Stack gap={14}>{children}</Stack>
    </fieldset>
  )
}
