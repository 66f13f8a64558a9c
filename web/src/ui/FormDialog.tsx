import { Button, Drawer, Group, Modal } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { FormProblem } from './FormProblem'

interface FormDialogProps {
  opened: boolean
  onClose: () => void
  title: string
  /** The verb on the button: "Add". */
  verb: string
  onSubmit: () => void
  busy?: boolean
  /** What the server said when it refused; everything typed stays. */
  error?: unknown
  /** The sentence above the error: "The person was not added." */
  refused?: string
  /** Beside the page for what is long, over it for what is short. */
  as?: 'dialog' | 'drawer'
  children: ReactNode
}

/** A form over the page: a refusal keeps it open, with the cursor in the first field that was complained about. */
export function FormDialog({ opened, onClose, title, verb, onSubmit, busy = false, error, refused, as = 'dialog', children }: FormDialogProps) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [error])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (!busy) onSubmit()
  }
  const body = (
    <form ref={form} onSubmit={submit}>
      {children}
      {error ? <FormProblem error={error} what={refused} /> : null}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button type="submit" loading={busy}>
          {verb}
        </Button>
      </Group>
    </form>
  )
  return as === 'drawer' ? (
    <Drawer opened={opened} onClose={onClose} title={title} position="right" size={520} closeOnClickOutside={false}>
      {body}
    </Drawer>
  ) : (
    <Modal opened={opened} onClose={onClose} title={title} size={520} closeOnClickOutside={false}>
      {body}
    </Modal>
  )
}
