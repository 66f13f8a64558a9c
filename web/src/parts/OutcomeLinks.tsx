import { IconExternalLink, IconFile } from '@tabler/icons-react'
import classes from './OutcomeLinks.module.css'
import { VisibleText } from './VisibleText'
import { webAddress } from './webAddress'

interface OutcomeLinksProps {
  link?: string | undefined
  artifacts: readonly string[]
}

/** Where more of an outcome can be seen, and what was produced. */
export function OutcomeLinks({ link, artifacts }: OutcomeLinksProps) {
  const items = [...(link ? [link] : []), ...artifacts]
  if (items.length === 0) return null
  return (
    <ul className={classes.links}>
      {items.map((item, at) => {
        const address = webAddress(item)
        return (
          <li key={at}>
            {address ? (
              <a href={address} rel="noreferrer noopener" target="_blank">
                <IconExternalLink size={13} aria-hidden />
                <VisibleText>{item}</VisibleText>
              </a>
            ) : (
              <span>
                <IconFile size={13} aria-hidden />
                <VisibleText>{item}</VisibleText>
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
