import { Button, Group, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '~/api/client'
import { composeDenial } from './denial'
import { PasswordAgain } from './PasswordAgain'
import { Refusal } from './Refusal'
import type { Detail } from './shape'
import { type Decision, MOST } from './useDecision'

/** A rejection ends the request for everybody; it asks why, and for the way forward. */
export function RejectDialog({ request, decision }: { request: Detail; decision: Decision }) {
  const { draft, change, error, password } = decision
  const [tried, setTried] = useState(false)
  const note = composeDenial(draft.why, draft.way)
  const tooLong = [...note].length > MOST
  const ofPassword = error instanceof Problem && error.code === 'wrong-password'
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    const whole = draft.why.trim() !== '' && draft.way.trim() !== '' && !tooLong && (!password.needed || password.value !== '')
    if (whole && !decision.busy) decision.reject(note)
  }
  return (
    <Modal opened={decision.asking === 'reject'} onClose={() => decision.ask(undefined)} title={`Reject ${request.number}?`} size="lg" closeOnClickOutside={false}>
      <form
        noValidate
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
        }}
      >
        <p>
          One rejection ends the request, whoever has approved it. {request.subject.name} reads what you write here and can ask again with
          changes. <strong>Both fields are required.</strong>
        </p>
        <Textarea
          label="Why"
          required
          withAsterisk={false}
          autosize
          minRows={2}
          maxRows={8}
          data-autofocus
          value={draft.why}
          onChange={(event) => change({ why: event.currentTarget.value })}
          error={tried && draft.why.trim() === '' ? 'Say why, so that it can be mended.' : undefined}
        />
        <Textarea
          mt="sm"
          label="What has to change to be approved"
          required
          withAsterisk={false}
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
                ? 'Name the way forward; if there is none, say that.'
                : undefined
          }
        />
        {error && !ofPassword && decision.asking === 'reject' ? (
          <Refusal error={error} vote="deny" request={request.number} again={() => submit()} />
        ) : null}
        <PasswordAgain decision={decision} tried={tried} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => decision.ask(undefined)}>
            Back
          </Button>
          <Button color="bad" type="submit" loading={decision.busy}>
            Reject
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
