import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { ProblemNote } from './ProblemNote'

interface ConfirmProps {
  opened: boolean
  onClose: () => void
  /** The question: "Remove Bob Chen for good?" */
  title: string
  /** The verb on the button: "Remove". */
  verb: string
  /** Red for what takes something away, orange for break-glass alone. */
  tone?: 'plain' | 'bad' | 'glass'
  /** For what is severe: what must be typed, and what it is ("The project's name"). */
  typed?: { text: string; label: string }
  onConfirm: () => void
  busy?: boolean
  /** What the server said when it refused; the dialog stays open. */
  error?: unknown
  /** What will happen, in sentences. */
  children?: ReactNode
}

/** The question before something that matters; it grows with the danger up to typing a name. */
export function Confirm({ opened, onClose, title, verb, tone = 'plain', typed, onConfirm, busy = false, error, children }: ConfirmProps) {
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  useEffect(() => {
    if (opened) {
      setText('')
      setTried(false)
    }
  }, [opened])
  const fits = !typed || text.trim() === typed.text
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (fits && !busy) onConfirm()
  }
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={460}>
      <form onSubmit={submit} noValidate>
        {children}
        {typed ? (
          <TextInput
            mt="md"
            label={typed.label}
            description={
              <>
                Type <code>{typed.text}</code> to go on.
              </>
            }
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            value={text}
            error={tried && !fits ? `This is not ${typed.text}.` : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : null}
        {error ? <ProblemNote error={error} what="Nothing was done." /> : null}
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button type="submit" loading={busy} data-autofocus={typed ? undefined : true} color={tone === 'plain' ? undefined : tone}>
            {verb}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
