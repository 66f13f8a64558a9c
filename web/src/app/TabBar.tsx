import { Drawer, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle, IconHome, IconInbox, IconMenu2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { countsQuery, countWords } from './counts'
import { groups } from './navigation'
import { paths } from './paths'
import { useMe } from './session'
import classes from './TabBar.module.css'

/** On a phone the places one goes to most stay at the thumb; the rest is one touch away. */
export function TabBar() {
  const me = useMe()
  const counts = useQuery(countsQuery).data
  const [opened, menu] = useDisclosure(false)
  return (
    <>
      <nav className={classes.bar} aria-label="Main, short">
        <Link to={paths.home} className={classes.tab} activeOptions={{ exact: true }}>
          <IconHome size={20} aria-hidden /> Home
        </Link>
        <Link to={paths.inbox} className={classes.tab} activeOptions={{ includeSearch: false }}>
          <IconInbox size={20} aria-hidden /> Approvals
          {counts && counts.mine > 0 ? (
            <span className={classes.count}>{countWords(counts.mine, counts.mineMore)}</span>
          ) : null}
        </Link>
        <Link to={paths.breakglass} className={classes.tab} activeOptions={{ includeSearch: false }}>
          <IconAlertTriangle size={20} aria-hidden /> Break-glass
        </Link>
        <UnstyledButton className={classes.tab} onClick={menu.open}>
          <IconMenu2 size={20} aria-hidden /> More
        </UnstyledButton>
      </nav>
      <Drawer opened={opened} onClose={menu.close} position="bottom" size="auto" title="Go to">
        <ul className={classes.list}>
          {groups
            .flatMap((group) => group.places)
            .filter((place) => !place.permission || me.permissions.includes(place.permission))
            .map((place) => (
              <li key={place.to}>
                <Link to={place.to} onClick={menu.close} className={classes.place}>
                  <place.icon size={18} aria-hidden /> {place.label}
                </Link>
              </li>
            ))}
          <li>
            <Link to={paths.profile} onClick={menu.close} className={classes.place}>
              Profile and tokens
            </Link>
          </li>
        </ul>
      </Drawer>
    </>
  )
}
