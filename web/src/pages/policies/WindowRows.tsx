import { ActionIcon, Button, Chip, Group, NativeSelect } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { Note } from '~/ui/Note'
import { dayWords } from '~/parts/week'
import classes from './Editor.module.css'
import { DAYS, type Draft, type Window } from './form'

const SHORT: Record<string, string> = {
  monday: 'Mon',
  tuesday: 'Tue',
  wednesday: 'Wed',
  thursday: 'Thu',
  friday: 'Fri',
  saturday: 'Sat',
  sunday: 'Sun',
}
const hour = (value: number) => `${String(value).padStart(2, '0')}:00`
const froms = Array.from({ length: 24 }, (_, value) => ({ value: String(value), label: hour(value) }))
const tos = Array.from({ length: 25 }, (_, value) => ({ value: String(value), label: hour(value) }))

/** What a window's hours mean, beside them. */
function hint(window: Window): string {
  if (window.from === window.to || (window.from === 0 && window.to === 24)) return 'the whole day'
  return window.from > window.to ? 'past midnight' : ''
}

interface WindowRowsProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
  fault: (...fields: string[]) => string | undefined
}

/** The windows of the week in which the policy applies; no window is always, of several one is enough. */
export function WindowRows({ draft, set, fault }: WindowRowsProps) {
  const change = (at: number, window: Window) => set({ windows: draft.windows.map((one, index) => (index === at ? window : one)) })
  return (
    <fieldset className={classes.field}>
      <legend>Hours {draft.windows.length === 0 ? <span className={classes.hint}>always; add a window to narrow it</span> : <span className={classes.hint}>one of them is enough</span>}</legend>
      {draft.windows.map((window, at) => (
        <div key={at} className={classes.window}>
          <Chip.Group multiple value={window.days} onChange={(days) => change(at, { ...window, days: DAYS.filter((day) => days.includes(day)) })}>
            <Group gap={3} role="group" aria-label={`Days of window ${at + 1}; none is every day`}>
              {DAYS.map((day) => (
                <Chip key={day} value={day} size="xs" radius={6} variant="light" aria-label={day} classNames={{ iconWrapper: classes.noTick, label: classes.dayChip }}>
                  {SHORT[day]}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <span className={classes.hours}>
            <NativeSelect aria-label={`Window ${at + 1} from`} data={froms} value={String(window.from)} onChange={(event) => change(at, { ...window, from: Number(event.currentTarget.value) })} />
            to
            <NativeSelect aria-label={`Window ${at + 1} to`} data={tos} value={String(window.to)} onChange={(event) => change(at, { ...window, to: Number(event.currentTarget.value) })} />
            <span className={classes.hint}>{hint(window)}</span>
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove window ${at + 1}, ${dayWords(window.days.map((day) => DAYS.indexOf(day as (typeof DAYS)[number]))) || 'every day'}`}
            onClick={() => set({ windows: draft.windows.filter((_, index) => index !== at) })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      {draft.within ? (
        <Note title="A further window must match as well.">
          {dayWords(draft.within.days.map((day) => DAYS.indexOf(day as (typeof DAYS)[number]))) || 'Every day'} {hour(draft.within.from)} to {hour(draft.within.to)}.{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => set({ within: undefined })}>
            Take it away
          </Button>
        </Note>
      ) : null}
      <Button
        variant="subtle"
        size="compact-sm"
        mt={4}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => set({ windows: [...draft.windows, { days: [...DAYS.slice(0, 5)], from: 9, to: 18 }] })}
      >
        Add a window
      </Button>
      {fault('conditions.schedules', 'conditions.weekdays', 'conditions.startHour', 'conditions.endHour') ? (
        <Note tone="bad">{fault('conditions.schedules', 'conditions.weekdays', 'conditions.startHour', 'conditions.endHour')}</Note>
      ) : null}
    </fieldset>
  )
}
