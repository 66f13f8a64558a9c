import { Button, Group, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { composeDenial } from './denial'
import type { Draft } from './draft'
import { Refusal } from './Refusal'

interface RejectDialogProps {
  opened: boolean
  onClose: () => void
  request: string
  asker: string
  draft: Draft
  change: (part: Partial<Draft>) => void
  busy: boolean
  error: unknown
  reject: (note: string) => void
}

/** A rejection ends the request for everybody; it asks why, and for the way forward. */
export function RejectDialog({ opened, onClose, request, asker, draft, change, busy, error, reject }: RejectDialogProps) {
  const [tried, setTried] = useState(false)
  const note = composeDenial(draft.why, draft.way)
  const tooLong = [...note].length > 4000
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (draft.why.trim() !== '' && draft.way.trim() !== '' && !tooLong) reject(note)
  }
  return (
    <Modal opened={opened} onClose={onClose} title={`Reject ${request}?`} size="lg">
      <form
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
        }}
      >
        <p>
          One rejection ends the request, whoever has approved it. {asker} reads what you write here and can ask again with changes.
        </p>
        <Textarea
          label="Why"
          autosize
          minRows={2}
          maxRows={8}
          data-autofocus
          value={draft.why}
          onChange={(event) => change({ why: event.currentTarget.value })}
          error={tried && draft.why.trim() === '' ? 'say why, so that it can be mended' : undefined}
        />
        <Textarea
          mt="sm"
          label="What has to change to be approved"
          description="One step a line. They are shown numbered, first of all, to who asked."
          autosize
          minRows={3}
          maxRows={10}
          value={draft.way}
          onChange={(event) => change({ way: event.currentTarget.value })}
          error={
            tooLong
              ? 'both texts together have at most 4,000 characters'
              : tried && draft.way.trim() === ''
                ? 'name the way forward; if there is none, say that'
                : undefined
          }
        />
        {error ? <Refusal error={error} vote="deny" request={request} again={() => submit()} /> : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button color="bad" type="submit" loading={busy}>
            Reject
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
