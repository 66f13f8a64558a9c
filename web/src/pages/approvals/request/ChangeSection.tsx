import { Button, Modal } from '@mantine/core'
import { useMutation, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '~/api/client'
import { useMay } from '~/app/session'
import { ChangeCard } from '~/parts/change/ChangeCard'
import { Lines } from '~/parts/change/Lines'
import { visible } from '~/parts/visible'
import { Card } from '~/ui/Card'
import { Loading } from '~/ui/Loading'
import { Note } from '~/ui/Note'
import { ProblemNote } from '~/ui/ProblemNote'
import { changeQuery } from './queries'
import type { Detail } from './shape'

/** The change itself, from the very bytes of the digest. */
export function ChangeSection({ request }: { request: Detail }) {
  const [view, setView] = useState<'structured' | 'raw'>('structured')
  const change = useInfiniteQuery({ ...changeQuery(request.number, view), enabled: request.payloadReadable })
  const title = request.state === 'pending' ? 'What will change' : 'What was asked'
  if (!request.payloadReadable) {
    return (
      <Card title={title}>
        <Note title="The change is not shown to you.">
          It is for who asked, the people who may approve it, auditors and admins.
        </Note>
      </Card>
    )
  }
  if (change.isPending) {
    return (
      <Card title={title}>
        <Loading what="the change" lines={6} />
      </Card>
    )
  }
  if (change.isError) {
    return (
      <Card title={title}>
        <ProblemNote error={change.error} what="The change could not be loaded." retry={() => void change.refetch()} />
      </Card>
    )
  }
  return (
    <ChangeCard
      title={title}
      parts={change.data.pages}
      view={view}
      onView={setView}
      onMore={() => void change.fetchNextPage()}
      loadingMore={change.isFetchingNextPage}
      reveal={<Reveal request={request} />}
      all={
        <a href={`/api/v1/requests/${request.number}/payload`} target="_blank" rel="noreferrer">
          The whole payload
        </a>
      }
    />
  )
}

/** Looking at covered secrets: for who may, and never in silence. */
function Reveal({ request }: { request: Detail }) {
  const may = useMay('payload-reveal')
  const client = useQueryClient()
  const [opened, setOpened] = useState(false)
  const reveal = useMutation({
    mutationFn: async () => {
      const { response } = await api.POST('/api/v1/requests/{request}/payload/reveal', {
        params: { path: { request: request.number } },
        parseAs: 'stream',
      })
      return response.text()
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: ['requests', 'timeline', request.number] }),
  })
  if (!may) return null
  const close = () => {
    setOpened(false)
    reveal.reset()
  }
  return (
    <>
      <Button variant="subtle" size="compact-xs" onClick={() => setOpened(true)}>
        Reveal…
      </Button>
      <Modal opened={opened} onClose={close} title={reveal.data === undefined ? 'Look at what is covered?' : `${request.number} with nothing covered`} size={reveal.data === undefined ? 'md' : 'xl'}>
        {reveal.data === undefined ? (
          <>
            <p>
              The payload of {request.number} is shown with nothing covered. That you looked is written down, and everybody who sees the
              timeline can read it.
            </p>
            {reveal.isError ? <ProblemNote error={reveal.error} what="Nothing was revealed." /> : null}
            <Button mt="sm" loading={reveal.isPending} onClick={() => reveal.mutate()}>
              Reveal, this is written down
            </Button>
          </>
        ) : (
          <Lines
            difference={false}
            label="The payload with nothing covered"
            lines={reveal.data.split('\n').map((line, at) => ({
              kind: 'context',
              newLine: at + 1,
              text: visible(line)
                .map((piece) => piece.text)
                .join(''),
              changed: [],
              continued: false,
            }))}
          />
        )}
      </Modal>
    </>
  )
}
