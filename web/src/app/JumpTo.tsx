import { Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api, data } from '~/api/client'
import classes from './JumpTo.module.css'
import { groups } from './navigation'
import { paths } from './paths'
import { useMe } from './session'

interface Hit {
  key: string
  kind: string
  label: string
  detail?: string
  go: () => void
}

/** Ctrl-K: a few letters reach every page, request number, policy and person. */
export function JumpTo({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const hits = useHits(text, onClose, opened)

  useEffect(() => {
    setAt(0)
  }, [text])
  useEffect(() => {
    if (!opened) setText('')
  }, [opened])

  return (
    <Modal.Root opened={opened} onClose={onClose} size={520} yOffset="12vh" padding={0} centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label="Jump to" radius={10}>
        <Modal.Body p={0}>
          <TextInput
            data-autofocus
            size="md"
            leftSection={<IconSearch size={16} />}
            placeholder="A page, AR-12, a policy, a person"
            aria-label="Jump to"
            role="combobox"
            aria-expanded={hits.length > 0}
            aria-controls="jump-list"
            aria-activedescendant={hits[at] ? `jump-${at}` : undefined}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown') setAt((now) => Math.min(now + 1, hits.length - 1))
              else if (event.key === 'ArrowUp') setAt((now) => Math.max(now - 1, 0))
              else if (event.key === 'Enter') hits[at]?.go()
              else return
              event.preventDefault()
            }}
          />
          <ul className={classes.list} id="jump-list" role="listbox" aria-label="Where to">
            {hits.map((hit, index) => (
              <li
                key={hit.key}
                id={`jump-${index}`}
                role="option"
                aria-selected={index === at}
                className={classes.hit}
                onClick={hit.go}
                onMouseMove={() => setAt(index)}
              >
                <span>{hit.label}</span> {hit.detail ? <span className={classes.detail}>{hit.detail}</span> : null}
                <span className={classes.kind}>{hit.kind}</span>
              </li>
            ))}
          </ul>
          {hits.length === 0 ? <p className={classes.none}>Nothing is called that.</p> : null}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

function useHits(text: string, onClose: () => void, opened: boolean): Hit[] {
  const me = useMe()
  const navigate = useNavigate()
  const [slow] = useDebouncedValue(text.trim(), 180)
  const may = (permission?: string) => !permission || me.permissions.includes(permission)
  const close = (go: () => unknown) => () => {
    onClose()
    void go()
  }

  const found = useQuery({
    queryKey: ['jump', slow],
    enabled: opened && slow.length > 1,
    staleTime: 10_000,
    queryFn: async () => {
      const [requests, people, templates] = await Promise.all([
        may('requests-read')
          ? data(api.GET('/api/v1/requests', { params: { query: { view: 'all', q: slow, limit: 6 } } })).catch(() => null)
          : null,
        may('directory-read')
          ? data(api.GET('/api/v1/people', { params: { query: { q: slow, limit: 5 } } })).catch(() => null)
          : null,
        may('policy-read') ? data(api.GET('/api/v1/templates', { params: { query: { limit: 200 } } })).catch(() => null) : null,
      ])
      return { requests: requests?.items ?? [], people: people?.items ?? [], templates: templates?.items ?? [] }
    },
  }).data

  const wanted = text.trim().toLowerCase()
  const number = /^(?:ar-?)?(\d+)$/i.exec(wanted)?.[1]
  const pages = groups
    .flatMap((group) => group.places)
    .filter((place) => may(place.permission))
    .filter((place) => !wanted || `${place.label} ${place.words ?? ''}`.toLowerCase().includes(wanted))
    .slice(0, wanted ? 6 : 20)
    .map((place) => ({
      key: place.to,
      kind: 'page',
      label: place.label,
      go: close(() => navigate({ to: place.to })),
    }))
  const requests = [
    ...(number ? [{ number: `AR-${number}`, title: '' }] : []),
    ...(found?.requests ?? [])
      .filter((one) => one.number !== `AR-${number ?? ''}`)
      .map((one) => ({ number: one.number, title: `${one.action.title} · ${one.resource.name}` })),
  ].map((one) => ({
    key: one.number,
    kind: 'request',
    label: one.number,
    detail: one.title,
    go: close(() => navigate({ to: paths.request, params: { request: one.number } })),
  }))
  const policies = (found?.templates ?? [])
    .filter((one) => wanted.length > 1 && (one.name ?? '').toLowerCase().includes(wanted))
    .slice(0, 5)
    .map((one) => ({
      key: one.id,
      kind: 'policy',
      label: one.name ?? one.id,
      go: close(() => navigate({ to: paths.policy, params: { template: one.id } })),
    }))
  const people = (found?.people ?? []).map((one) => ({
    key: one.id,
    kind: 'person',
    label: one.name,
    detail: `@${one.handle}`,
    go: close(() => navigate({ to: paths.person, params: { person: one.id } })),
  }))
  return [...requests, ...pages, ...policies, ...people]
}
