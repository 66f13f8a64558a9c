import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import classes from './Copy.module.css'

/** Puts a text on the clipboard, on pages without a secure address too. */
async function toClipboard(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text)
    return
  }
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

function useCopied() {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 2500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = (text: string) => void toClipboard(text).then(() => setCopied(true))
  return { copied, copy }
}

interface CopyProps {
  text: string
  /** What is copied: "link", "token", "digest". */
  what: string
  /** An icon alone, for beside a value, or a button with words. */
  as?: 'icon' | 'button'
}

/** Copies a text and says so. */
export function Copy({ text, what, as = 'icon' }: CopyProps) {
  const { copied, copy } = useCopied()
  const Icon = copied ? IconCheck : IconCopy
  const words = copied ? 'Copied' : `Copy ${what}`
  return (
    <>
      {as === 'icon' ? (
        <Tooltip label={words}>
          <ActionIcon variant="subtle" color="gray" size={24} onClick={() => copy(text)} aria-label={`Copy ${what}`}>
            <Icon size={15} />
          </ActionIcon>
        </Tooltip>
      ) : (
        <Button variant="default" leftSection={<Icon size={15} aria-hidden />} onClick={() => copy(text)}>
          {words}
        </Button>
      )}
      <span role="status" className="visually-hidden">
        {copied ? `The ${what} is on the clipboard.` : ''}
      </span>
    </>
  )
}

/** A value to take away as it is, with its copy button. */
export function CopyLine({ text, what }: { text: string; what: string }) {
  return (
    <div className={classes.line}>
      <code className={classes.value}>{text}</code>
      <Copy text={text} what={what} as="button" />
    </div>
  )
}
