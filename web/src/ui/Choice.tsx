import { Combobox, UnstyledButton, useCombobox } from '@mantine/core'
import { IconChevronDown, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './Choice.module.css'

export interface Option {
  value: string
  label: string
  /** A second thing beside the label. */
  hint?: string
}

interface ChoiceProps {
  /** What is chosen: "Risk". */
  label: string
  value?: string
  options: Option[]
  onChange: (value: string | undefined) => void
  /** Long lists get a field to narrow them. */
  search?: boolean
  /** Where the server does the narrowing. */
  onSearch?: (text: string) => void
  /** What the list says while it has nothing. */
  none?: string
}

/** One filter as a button: closed it says what is chosen, open it lists what could be, and a cross takes it back. */
export function Choice({ label, value, options, onChange, search = false, onSearch, none = 'Nothing is called that.' }: ChoiceProps) {
  const [text, setText] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setText('')
      onSearch?.('')
    },
    onDropdownOpen: () => {
      if (search) combobox.focusSearchInput()
    },
  })
  const wanted = text.trim().toLowerCase()
  const shown = onSearch || !wanted ? options : options.filter((one) => `${one.label} ${one.hint ?? ''}`.toLowerCase().includes(wanted))
  const chosen = value === undefined ? undefined : (options.find((one) => one.value === value)?.label ?? value)
  return (
    <Combobox
      store={combobox}
      width={230}
      position="bottom-start"
      withinPortal
      onOptionSubmit={(picked) => {
        onChange(picked === value ? undefined : picked)
        combobox.closeDropdown()
      }}
    >
      <span className={classes.choice} data-chosen={chosen !== undefined}>
        <Combobox.Target targetType="button" withAriaAttributes={false}>
          <UnstyledButton
            className={classes.button}
            onClick={() => combobox.toggleDropdown()}
            aria-haspopup="listbox"
            aria-expanded={combobox.dropdownOpened}
          >
            {chosen === undefined ? label : <span className="visually-hidden">{label}: </span>}
            {chosen === undefined ? null : <span className={classes.chosen}>{chosen}</span>}
            {chosen === undefined ? <IconChevronDown size={14} stroke={1.8} aria-hidden /> : null}
          </UnstyledButton>
        </Combobox.Target>
        {chosen === undefined ? null : (
          <UnstyledButton className={classes.clear} onClick={() => onChange(undefined)}>
            <IconX size={14} stroke={2} aria-hidden />
            <span className="visually-hidden">Any {label.toLowerCase()}</span>
          </UnstyledButton>
        )}
      </span>
      <Combobox.Dropdown>
        {search ? (
          <Combobox.Search
            value={text}
            aria-label={`Find ${label.toLowerCase()}`}
            placeholder="A few letters"
            onChange={(event) => {
              setText(event.currentTarget.value)
              onSearch?.(event.currentTarget.value.trim())
              combobox.updateSelectedOptionIndex()
            }}
          />
        ) : null}
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={label}>
          {shown.map((one) => (
            <Combobox.Option key={one.value} value={one.value} active={one.value === value} aria-selected={one.value === value}>
              {one.label} {one.hint ? <span className={classes.hint}>{one.hint}</span> : null}
            </Combobox.Option>
          ))}
          {shown.length === 0 ? <Combobox.Empty>{none}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
