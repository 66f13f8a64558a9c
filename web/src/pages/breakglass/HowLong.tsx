import { Radio, Stack } from '@mantine/core'
import { isoDuration, isoMillis } from '~/ui/time'
import { useNow } from '~/ui/useNow'
import classes from './Glass.module.css'
import { latest } from './words'

interface HowLongProps {
  steps: string[]
  value: string
  gated: boolean
  fault: string | undefined
  onChange: (value: string) => void
}

/** How long a session lasts, in steps between the organization's bounds; the shortest is offered first. */
export function HowLong({ steps, value, gated, fault, onChange }: HowLongProps) {
  const now = useNow(15)
  if (steps.length === 0) return <span className={classes.dim}>Choose a scope first; then your organization’s limits are shown.</span>
  const end = now + (isoMillis(value) ?? 0)
  return (
    <Stack gap={6}>
      <Radio.Group label="The session lasts" value={value} onChange={onChange} error={fault}>
        <div style={{ display: 'flex', gap: '8px 18px', flexWrap: 'wrap', paddingTop: 6 }}>
          {steps.map((one) => (
            <Radio key={one} size="xs" value={one} label={isoDuration(one)} />
          ))}
        </div>
      </Radio.Group>
      <span className={classes.dim}>
        {gated ? 'Counted from the moment its opening is approved.' : `Ends ${latest(end, now)} at the latest.`} It is never extended.
      </span>
    </Stack>
  )
}
