import { Button, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { CopyLine } from './Copy'
import { Note } from './Note'

interface ShownOnceProps {
  /** The secret; nothing is shown while there is none. */
  secret: string | undefined
  title: string
  /** What it is: "link", "token". */
  what: string
  onStored: () => void
  /** Whom it is for, how long it lasts. */
  children?: ReactNode
}

/** A secret that is shown this once: it goes only when somebody says that it is stored. */
export function ShownOnce({ secret, title, what, onStored, children }: ShownOnceProps) {
  return (
    <Modal
      opened={secret !== undefined}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={title}
      size={560}
    >
      {children}
      <CopyLine text={secret ?? ''} what={what} />
      <Note tone="pending" title="It is shown this once.">
        Nobody can read it again, an administrator neither.
      </Note>
      <Group justify="flex-end" mt="md">
        <Button onClick={onStored}>I have stored it</Button>
      </Group>
    </Modal>
  )
}
