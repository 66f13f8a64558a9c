import { IconBuildingSkyscraper, IconFile, IconMoon, IconShieldCheck } from '@tabler/icons-react'
import { paths } from '~/app/paths'
import { Link } from '~/ui/Link'
import { presets } from './form'
import classes from './PresetChoice.module.css'

const icons = { 'always-on': IconShieldCheck, 'off-hours': IconMoon, 'production-only': IconBuildingSkyscraper } as const

/** The policies of the policy guide to begin with, and the empty sheet. */
export function PresetChoice() {
  return (
    <ul className={classes.presets}>
      {presets('').map((preset) => {
        const Icon = icons[preset.id]
        return (
          <li key={preset.id}>
            <Link to={paths.newPolicy} search={{ preset: preset.id }} className={classes.preset} underline="never">
              <Icon size={18} aria-hidden />
              <strong>{preset.title}</strong>
              <span>{preset.says}</span>
            </Link>
          </li>
        )
      })}
      <li>
        <Link to={paths.newPolicy} className={classes.preset} underline="never">
          <IconFile size={18} aria-hidden />
          <strong>From nothing</strong>
          <span>An empty sheet.</span>
        </Link>
      </li>
    </ul>
  )
}
