import { Button, Group } from '@mantine/core'
import { paths } from '~/app/paths'
import { Problem } from '~/api/client'
import { LinkButton } from '~/ui/Link'
import { Marked } from '~/ui/Marked'
import { Note } from '~/ui/Note'
import { refused } from './refusal'

interface RefusalProps {
  error: unknown
  vote: 'approve' | 'deny'
  request: string
  again: () => void
}

/** Why a vote was not taken, and the way on. */
export function Refusal({ error, vote, request, again }: RefusalProps) {
  const told = refused(error, vote)
  const id = error instanceof Problem && error.status !== 401 ? error.requestId : undefined
  return (
    <Note tone={told.tone} title={told.title} alert>
      <Marked>{told.words}</Marked>
      {told.tone === 'bad' && id ? (
        <div>
          <code>request id {id}</code>
        </div>
      ) : null}
      {told.successor ? (
        <Group gap="xs" mt={6}>
          <LinkButton size="xs" variant="default" to={paths.request} params={{ request: told.successor }} search={{ against: request }}>
            Show what differs
          </LinkButton>
        </Group>
      ) : null}
      {told.again ? (
        <div>
          <Button variant="default" size="xs" mt={6} onClick={again}>
            Try again
          </Button>
        </div>
      ) : null}
    </Note>
  )
}
