import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSearch, IconSelector, IconSun, IconUser } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { api } from '~/api/client'
import { Face } from '~/parts/PersonChip'
import { countsQuery, countWords } from './counts'
import { useLiveState } from './live'
import { Mark } from './Mark'
import classes from './Navigation.module.css'
import { groups, type Place } from './navigation'
import { paths } from './paths'
import { themeOf, useChangePreferences } from './preferences'
import { useMe } from './session'

/** The left side: where one can go, how many requests wait, whether the page is live, and who one is. */
export function Navigation({ onJump }: { onJump: () => void }) {
  const me = useMe()
  const live = useLiveState()
  return (
    <nav className={classes.nav} aria-label="Main">
      <Link to={paths.home} className={classes.brand}>
        <Mark /> Countersign
      </Link>
      <UnstyledButton className={classes.jump} onClick={onJump} aria-keyshortcuts="Control+K">
        <IconSearch size={15} aria-hidden /> <span>Jump to…</span> <kbd>Ctrl K</kbd>
      </UnstyledButton>
      <div className={classes.groups}>
        {groups.map((group) => {
          const places = group.places.filter((place) => !place.permission || me.permissions.includes(place.permission))
          return places.length === 0 ? null : (
            <div key={group.label ?? 'first'} className={classes.group}>
              {group.label ? <div className={classes.label}>{group.label}</div> : null}
              <ul>
                {places.map((place) => (
                  <li key={place.to}>
                    <PlaceLink place={place} />
                  </li>
                ))}
              </ul>
            </div>
          )
        })}
      </div>
      <div className={classes.foot}>
        <div className={classes.state}>
          <span className={classes.dot} data-live={live === 'live'} aria-hidden />
          <span role="status">{live === 'live' ? 'Live' : 'Reconnecting…'}</span>
          <span className={classes.organization}>{me.organization.name}</span>
        </div>
        <UserMenu />
      </div>
    </nav>
  )
}

function PlaceLink({ place }: { place: Place }) {
  const counts = useQuery(countsQuery).data
  const Icon = place.icon
  const waiting = place.to === paths.inbox && counts && counts.mine > 0 ? countWords(counts.mine, counts.mineMore) : null
  return (
    <Link
      to={place.to}
      className={classes.place}
      activeOptions={{ exact: place.to === paths.home || place.to === paths.organization, includeSearch: false }}
    >
      <Icon size={17} stroke={1.7} aria-hidden /> <span>{place.label}</span>
      {waiting ? (
        <span className={classes.count} title={`${waiting} wait for you`}>
          {waiting} <span className="visually-hidden">wait for you</span>
        </span>
      ) : null}
    </Link>
  )
}

/** "Security manager" for `security_manager`. */
function roleWords(role: string): string {
  const words = role.replace(/[_-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function UserMenu() {
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { colorScheme } = useMantineColorScheme()
  const belongings = [...me.roles.map(roleWords), ...me.teams.map((team) => team.replace(/^@/, ''))].join(', ')
  const { change } = useChangePreferences()
  const signOut = async (everywhere: boolean) => {
    await (everywhere ? api.DELETE('/api/v1/sessions') : api.DELETE('/api/v1/sessions/current')).catch(() => undefined)
    client.clear()
    await navigate({ to: paths.signIn })
  }
  const schemes = [
    ['light', 'Light', IconSun],
    ['dark', 'Dark', IconMoon],
    ['auto', 'As the device', IconDeviceDesktop],
  ] as const
  return (
    <Menu position="top-start" width={210} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.user}>
          <Face id={me.id} name={me.name} kind={me.kind} size={28} />
          <span className={classes.who}>
            <strong>{me.name}</strong>
            <span title={belongings}>{belongings}</span>
          </span>
          <IconSelector size={15} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>@{me.handle}</Menu.Label>
        <Menu.Item leftSection={<IconUser size={15} />} component={Link} to={paths.profile}>
          Profile and tokens
        </Menu.Item>
        <Menu.Divider />
        {schemes.map(([scheme, label, Icon]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={15} />}
            onClick={() => change({ theme: themeOf(scheme) })}
            aria-current={colorScheme === scheme}
            rightSection={colorScheme === scheme ? '✓' : null}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut(false)}>
          Sign out
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut(true)}>
          Sign out everywhere
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
