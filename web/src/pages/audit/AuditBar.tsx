import { Button, Group, MultiSelect, Popover, Stack, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCalendar, IconFilterOff } from '@tabler/icons-react'
import { useState } from 'react'
import { Bar } from '~/ui/Bar'
import { SearchField } from '~/ui/SearchField'
import { absolute } from '~/ui/time'
import { useNow } from '~/ui/useNow'
import { type AuditSearch, filterCount, fromField, periods, toField } from './filters'
import { knownTypes, typeWords } from './sentence'

interface AuditBarProps {
  search: AuditSearch
  onChange: (part: AuditSearch) => void
  onClear: () => void
}

/** The search and the filters of the log; all of them live in the address. */
export function AuditBar({ search, onChange, onClear }: AuditBarProps) {
  const types = search.type ? search.type.split(',') : []
  return (
    <Bar>
      <SearchField label="Search the log" placeholder="Words of an entry" value={search.text ?? ''} onChange={(text) => onChange({ text })} width={220} />
      <Typed key={`who-${search.actor ?? ''}`} label="Who, by handle" placeholder="@handle" value={search.actor ?? ''} onChange={(value) => onChange({ actor: value === '' || /^@|_/.test(value) ? value : `@${value}` })} />
      <Typed key={`request-${search.requestId ?? ''}`} label="Request" placeholder="AR-42" value={search.requestId ?? ''} onChange={(value) => onChange({ requestId: /^\d+$/.test(value) ? `AR-${value}` : value.toUpperCase().startsWith('AR-') ? value.toUpperCase() : value })} />
      <MultiSelect
        aria-label="What, by kind of entry"
        placeholder={types.length === 0 ? 'What' : ''}
        searchable
        clearable
        data={[...new Set([...knownTypes, ...types])].map((one) => ({ value: one, label: typeWords(one) }))}
        value={types}
        onChange={(value) => onChange({ type: value.join(',') })}
        style={{ flex: '0 1 auto', minWidth: 150, maxWidth: 380 }}
      />
      <Period search={search} onChange={onChange} />
      <Button
        variant={search.prominent === 'true' ? 'light' : 'default'}
        leftSection={<IconAlertTriangle size={15} aria-hidden />}
        aria-pressed={search.prominent === 'true'}
        onClick={() => onChange({ prominent: search.prominent === 'true' ? '' : 'true' })}
      >
        What stands out
      </Button>
      {filterCount(search) > 0 ? (
        <Button variant="subtle" color="gray" leftSection={<IconFilterOff size={15} aria-hidden />} onClick={onClear}>
          Clear
        </Button>
      ) : null}
    </Bar>
  )
}

/** A filter that is taken when one leaves it or presses Enter. */
function Typed({ label, placeholder, value, onChange }: { label: string; placeholder: string; value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value)
  const take = () => {
    if (text.trim() !== value) onChange(text.trim())
  }
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      autoCapitalize="none"
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
      }}
      style={{ flex: '0 1 112px', minWidth: 90 }}
    />
  )
}

function Period({ search, onChange }: { search: AuditSearch; onChange: (part: AuditSearch) => void }) {
  const now = useNow(60)
  const [opened, setOpened] = useState(false)
  const short = (instant: string) => absolute(instant).replace(/^\w+ /, '').replace(/:\d\d [^ ]+$/, '')
  const words = search.from && search.to ? `${short(search.from)} to ${short(search.to)}` : search.from ? `Since ${short(search.from)}` : search.to ? `Until ${short(search.to)}` : 'Any time'
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant={search.from || search.to ? 'light' : 'default'} leftSection={<IconCalendar size={15} aria-hidden />} onClick={() => setOpened(!opened)}>
          {words}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          <Group gap={6}>
            {periods.map((one) => (
              <Button
                key={one.label}
                size="xs"
                variant="default"
                onClick={() => {
                  onChange({ from: new Date(now - one.millis).toISOString(), to: '' })
                  setOpened(false)
                }}
              >
                {one.label}
              </Button>
            ))}
          </Group>
          <TextInput type="datetime-local" label="From" value={toField(search.from)} onChange={(event) => onChange({ from: fromField(event.currentTarget.value) ?? '' })} />
          <TextInput type="datetime-local" label="Until" description="Not included" value={toField(search.to)} onChange={(event) => onChange({ to: fromField(event.currentTarget.value) ?? '' })} />
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              onChange({ from: '', to: '' })
              setOpened(false)
            }}
          >
            Any time
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
