import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { Quote } from '~/parts/Quote'
import { Copy } from '~/ui/Copy'
import { Note } from '~/ui/Note'
import { EMPTY, readDraft, writeDraft } from './draft'

/** What somebody had written about a request that takes no vote of his any more: it is not lost without being said. */
export function LeftOver({ me, request }: { me: string; request: string }) {
  const [draft, setDraft] = useState(() => readDraft(me, request))
  const text = [draft.note, draft.risk, draft.why, draft.way, ...draft.followUps.map((one) => one.text)].filter((one) => one.trim() !== '').join('\n\n')
  if (text === '') return null
  return (
    <Note title="What you had written was not sent.">
      <Quote small>{text}</Quote>
      <Group gap="xs" mt={6} className="no-print">
        <Copy text={text} what="text" as="button" />
        <Button
          variant="default"
          onClick={() => {
            writeDraft(me, request, EMPTY)
            setDraft(EMPTY)
          }}
        >
          Forget it
        </Button>
      </Group>
    </Note>
  )
}
