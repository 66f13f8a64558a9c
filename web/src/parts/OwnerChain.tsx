import { IconUsersGroup } from '@tabler/icons-react'
import { Fragment } from 'react'
import { Named } from './Named'
import classes from './OwnerChain.module.css'

interface OwnerChainProps {
  /** The account, then its owners, the nearest first. */
  chain: ReadonlyArray<{ id: string; kind: string; name: string }>
  /** The one person who answers for it, where the chain ends in a team. */
  accountableId?: string | undefined
}

/** From an account up to whom it belongs to: each is owned by the next. */
export function OwnerChain({ chain, accountableId }: OwnerChainProps) {
  const last = chain.at(-1)
  return (
    <ol className={classes.chain}>
      {chain.map((one, at) => (
        <Fragment key={one.id}>
          <li className={classes.step}>
            {one.kind === 'team' ? <IconUsersGroup size={18} aria-hidden className={classes.team} /> : null}
            <Named id={one.id} face plain={at === 0} />
            <span className={classes.word}>{at === 0 ? 'this account' : one.kind === 'team' ? 'team' : at === chain.length - 1 ? 'owner' : 'owner, owned itself'}</span>
          </li>
        </Fragment>
      ))}
      {accountableId && accountableId !== last?.id ? (
        <li className={classes.step} data-end>
          <Named id={accountableId} face />
          <span className={classes.word}>answers for it</span>
        </li>
      ) : null}
    </ol>
  )
}
