import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import classes from './Decide.module.css'
import type { FollowUpDraft } from './draft'
import { PersonSearch } from './PersonSearch'

interface FollowUpRowsProps {
  rows: FollowUpDraft[]
  onChange: (rows: FollowUpDraft[]) => void
  /** Today, as in 2026-11-29. */
  today: string
  /** Somebody has tried to send them. */
  tried: boolean
}

const MOST = 10

/** Whether everything is there that a follow-up needs. */
export function isWhole(row: FollowUpDraft): boolean {
  return row.text.trim() !== '' && row.owner !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(row.due)
}

/** What is to be done afterwards, by whom, by when. */
export function FollowUpRows({ rows, onChange, today, tried }: FollowUpRowsProps) {
  const change = (at: number, part: Partial<FollowUpDraft>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  return (
    <fieldset className={classes.followUps}>
      <legend className={classes.legend}>Required follow-up</legend>
      {rows.map((row, at) => (
        <div key={at} className={classes.followUp}>
          <div className={classes.followUpHead}>
            <Textarea
              label="What is to be done"
              autosize
              minRows={1}
              maxRows={4}
              maxLength={1000}
              value={row.text}
              onChange={(event) => change(at, { text: event.currentTarget.value })}
              error={tried && row.text.trim() === '' ? 'Say what.' : undefined}
              style={{ flex: 1 }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Take follow-up ${at + 1} away`}
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
            >
              <IconX size={15} />
            </ActionIcon>
          </div>
          <div className={classes.followUpFoot}>
            <PersonSearch
              label="Who"
              value={row.owner}
              onChange={(owner) => change(at, { owner })}
              error={tried && !row.owner ? 'Choose who does it.' : undefined}
            />
            <TextInput
              type="date"
              label="By"
              min={today}
              value={row.due}
              onChange={(event) => change(at, { due: event.currentTarget.value })}
              error={tried && row.due === '' ? 'Choose a day.' : undefined}
            />
          </div>
        </div>
      ))}
      {rows.length < MOST ? (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...rows, { text: '', due: '' }])}
        >
          {rows.length === 0 ? 'Add a follow-up' : 'Another follow-up'}
        </Button>
      ) : null}
    </fieldset>
  )
}
