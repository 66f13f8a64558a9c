import { Radio, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api } from '~/api/client'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'

interface SettleOutcomeProps {
  executionId: string
  opened: boolean
  onClose: () => void
  /** The question: "How did AR-42 go?" */
  title: string
  /** What was executed, where the question does not say it. */
  children?: ReactNode
}

/** The form in which somebody says how an execution went that nobody has told of, and how he knows. */
export function SettleOutcome({ executionId, opened, onClose, title, children }: SettleOutcomeProps) {
  const client = useQueryClient()
  const [result, setResult] = useState('')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const settle = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/executions/{executionId}/outcome', {
        params: { path: { executionId } },
        body: { result, text: text.trim() },
      }),
    onSuccess: async () => {
      await Promise.all(['requests', 'executions'].map((room) => client.invalidateQueries({ queryKey: [room] })))
      onClose()
    },
  })
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={title}
      verb="Write it down"
      busy={settle.isPending}
      error={settle.error}
      refused="Nothing was written down."
      onSubmit={() => {
        setTried(true)
        if (result !== '' && text.trim() !== '') settle.mutate()
      }}
    >
      {children}
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
        error={tried && text.trim() === '' ? 'Say how you know.' : fault(settle.error, 'text')}
      />
    </FormDialog>
  )
}
