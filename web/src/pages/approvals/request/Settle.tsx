import { Button, Radio, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '~/api/client'
import { useMay } from '~/app/session'
import { FormDialog } from '~/ui/FormDialog'
import { Note } from '~/ui/Note'
import type { Detail } from './shape'

/** Where nobody has told how an execution went, who is concerned says it, with a reason. */
export function Settle({ request, me }: { request: Detail; me: string }) {
  const client = useQueryClient()
  const redeem = useMay('redeem')
  const any = useMay('grants-revoke')
  const [opened, dialog] = useDisclosure(false)
  const [result, setResult] = useState('')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const { execution } = request
  const settle = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/executions/{executionId}/outcome', {
        params: { path: { executionId: execution?.executionId ?? '' } },
        body: { result, text: text.trim() },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['requests'] })
      dialog.close()
    },
  })
  if (!execution?.outcomeUnknown) return null
  const concerned = request.subject.id === me || request.owners.some((one) => one.id === me) || any
  return (
    <Note tone="pending" title="Look what happened, and write it down.">
      Until somebody does, nobody knows whether it is safe to ask again.
      {redeem && concerned ? (
        <div>
          <Button size="xs" variant="default" mt={6} className="no-print" onClick={dialog.open}>
            Settle the outcome…
          </Button>
        </div>
      ) : (
        <div>Who asked, who owns the asking account, and who may revoke grants can do that.</div>
      )}
      <FormDialog
        opened={opened}
        onClose={dialog.close}
        title={`How did ${request.number} go?`}
        verb="Write it down"
        busy={settle.isPending}
        error={settle.error}
        refused="Nothing was written down."
        onSubmit={() => {
          setTried(true)
          if (result !== '' && text.trim() !== '') settle.mutate()
        }}
      >
        <Radio.Group label="Outcome" value={result} onChange={setResult} error={tried && result === '' ? 'Choose one.' : undefined}>
          <Radio mt={6} value="succeeded" label="It succeeded" />
          <Radio mt={6} value="failed" label="It failed" />
        </Radio.Group>
        <Textarea
          mt="md"
          label="How do you know?"
          description="What you looked at; it stands as evidence."
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={tried && text.trim() === '' ? 'Say how you know.' : undefined}
        />
      </FormDialog>
    </Note>
  )
}
