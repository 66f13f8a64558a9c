import { Modal, Table } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { paths } from './paths'

/** One key of a page: what is pressed, what it does in words, and what happens. */
export interface Key {
  keys: string
  does: string
  run: () => void
}

interface Keys {
  add: (keys: Key[]) => () => void
  list: () => Key[]
  help: boolean
  setHelp: (open: boolean) => void
}

const Context = createContext<Keys | null>(null)
const SINGLE_KEYS = 'countersign.single-keys'

/** Whether single keys act at all; people who speak to their device switch them off in the profile. */
export function singleKeys(): boolean {
  return window.localStorage.getItem(SINGLE_KEYS) !== 'off'
}
export function setSingleKeys(on: boolean): void {
  window.localStorage.setItem(SINGLE_KEYS, on ? 'on' : 'off')
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [role="dialog"], .cm-editor') !== null)
  )
}

/** Collects the keys of the page that is open and acts on them; `?` lists them. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const navigate = useNavigate()
  const registered = useRef(new Set<Key[]>())
  const [help, setHelp] = useState(false)
  const value = useMemo<Keys>(
    () => ({
      add: (keys) => {
        registered.current.add(keys)
        return () => registered.current.delete(keys)
      },
      list: () => [...registered.current].flat(),
      help,
      setHelp,
    }),
    [help],
  )

  useEffect(() => {
    let first = ''
    let forget: ReturnType<typeof setTimeout> | undefined
    const go: Record<string, string> = { h: paths.home, i: paths.inbox, p: paths.policies, l: paths.audit, b: paths.breakglass }
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !singleKeys()) return
      if (first === 'g') {
        const to = go[event.key.toLowerCase()]
        first = ''
        if (to) {
          event.preventDefault()
          void navigate({ to })
        }
        return
      }
      if (event.key === 'g') {
        first = 'g'
        if (forget) clearTimeout(forget)
        forget = setTimeout(() => (first = ''), 1200)
        return
      }
      if (event.key === '?') {
        event.preventDefault()
        setHelp(true)
        return
      }
      const focusedControl = event.target instanceof HTMLElement && event.target.closest('a, button') !== null
      for (const key of [...registered.current].flat()) {
        if (key.keys.split(' ').some((one) => one.toLowerCase() === event.key.toLowerCase() || one === event.code)) {
          // Enter on a link or a button is that link or button.
          if (event.key === 'Enter' && focusedControl) return
          event.preventDefault()
          key.run()
          return
        }
      }
    }
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', press)
      if (forget) clearTimeout(forget)
    }
  }, [navigate])

  return <Context.Provider value={value}>{children}</Context.Provider>
}

function useKeysContext(): Keys {
  const keys = useContext(Context)
  if (!keys) throw new Error('keys are only for pages within the layout')
  return keys
}

/** Gives the open page its keys, for as long as it is open. Single keys never decide; they open what decides. */
export function useKeys(keys: Key[]): void {
  const { add } = useKeysContext()
  const latest = useRef(keys)
  latest.current = keys
  const names = keys.map((key) => `${key.keys}:${key.does}`).join('|')
  useEffect(() => {
    const live = latest.current.map((key, at) => ({ ...key, run: () => latest.current[at]?.run() }))
    return add(live)
  }, [add, names])
}

/** The list of keys of this page. */
export function KeyHelp() {
  const { help, setHelp, list } = useKeysContext()
  const everywhere: Array<[string, string]> = [
    ['Ctrl K', 'jump to a page, request, policy or person'],
    ['G then H, I, P, B, L', 'go home, to approvals, policies, break-glass, the log'],
    ['?', 'this list'],
  ]
  return (
    <Modal opened={help} onClose={() => setHelp(false)} title="Keys">
      {help ? (
        <Table>
          <Table.Tbody>
            {list().map((key) => (
              <Table.Tr key={key.keys}>
                <Table.Td>
                  <kbd>{key.keys.split(' ')[0]}</kbd>
                </Table.Td>
                <Table.Td>{key.does}</Table.Td>
              </Table.Tr>
            ))}
            {everywhere.map(([keys, does]) => (
              <Table.Tr key={keys}>
                <Table.Td>
                  <kbd>{keys}</kbd>
                </Table.Td>
                <Table.Td>{does}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
      <p style={{ color: 'var(--cs-dim)' }}>Single keys can be switched off in your profile.</p>
    </Modal>
  )
}
