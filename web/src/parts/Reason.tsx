import { Textarea } from '@mantine/core'

/** The header that says why, for calls whose body does not; it is shown to those who approve. */
export function reasonHeader(reason: string): Record<string, string> {
  return reason.trim() ? { 'Countersign-Reason': encodeURIComponent(reason.trim()) } : {}
}

interface ReasonProps {
  value: string
  onChange: (value: string) => void
  label?: string
  error?: string | undefined
  required?: boolean
}

/** Why, for those who may have to approve it. */
export function Reason({ value, onChange, label = 'Why', error, required = false }: ReasonProps) {
  return (
    <Textarea
      label={label}
      description="Shown to those who approve, where approval is needed."
      autosize
      minRows={2}
      maxRows={6}
      mt="sm"
      required={required}
      withAsterisk={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
