import {
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  parseThemeColor,
  type VariantColorsResolver,
} from '@mantine/core'

/** Ink means *you*: your turn, your slot, your button. Shade 7 is for light grounds, shade 4 for dark ones. */
const ink: MantineColorsTuple = [
  '#edf0fd',
  '#dbe1fb',
  '#c3ccf8',
  '#aab6fa',
  '#8d9df6',
  '#5d6fe3',
  '#4354d3',
  '#2f3fc0',
  '#2a38ad',
  '#1f2a85',
]
const bad: MantineColorsTuple = [
  '#fdeaea',
  '#fbd9d9',
  '#f6a5a5',
  '#f38f8f',
  '#f07f7f',
  '#e05050',
  '#cf3535',
  '#bd2222',
  '#9a1c1c',
  '#7a1414',
]
const glass: MantineColorsTuple = [
  '#fff1e6',
  '#fde0c8',
  '#fdb47c',
  '#fb9650',
  '#f97316',
  '#e55f10',
  '#d4500e',
  '#c2410c',
  '#9a3412',
  '#7c2a0f',
]

/** What is written on a filled ground, in both schemes; Mantine would choose by the light one alone. */
const onFilled: Record<string, string> = { ink: 'var(--cs-on-ink)', glass: 'var(--cs-on-glass)', bad: 'var(--cs-surface)' }

const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  const { color } = parseThemeColor({ color: input.color ?? input.theme.primaryColor, theme: input.theme })
  const text = onFilled[color]
  return input.variant === 'filled' && text ? { ...colors, color: text } : colors
}

/** What lies over the page is a sheet of its own. */
const overPage = {
  content: { background: 'var(--cs-raised)' },
  header: { background: 'var(--cs-raised)' },
  title: { fontSize: 15, lineHeight: '23px', fontWeight: 600 },
}

export const theme = createTheme({
  variantColorResolver,
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 4 },
  colors: { ink, bad, glass },
  autoContrast: true,
  luminanceThreshold: 0.36,
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: 'var(--cs-mono)',
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '23px', xl: '28px' },
  spacing: { xs: '6px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '14px', lineHeight: '20px' },
      h3: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm', fw: 600 } },
    ActionIcon: { defaultProps: { size: 32, variant: 'default' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    MultiSelect: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, multiline: true, maw: 320 } },
    Modal: { styles: overPage, defaultProps: { centered: true, radius: 10, closeButtonProps: { 'aria-label': 'Close' } } },
    Drawer: { styles: overPage, defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Badge: { defaultProps: { radius: 'sm', tt: 'none' } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
})

/** Mantine's own variables, set from our tokens, so that both speak with one voice. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const common = {
    '--mantine-color-body': 'var(--cs-canvas)',
    '--mantine-color-text': 'var(--cs-text)',
    '--mantine-color-dimmed': 'var(--cs-dim)',
    '--mantine-color-placeholder': 'var(--cs-faint)',
    '--mantine-color-error': 'var(--cs-bad-text)',
    '--mantine-color-anchor': 'var(--cs-ink-text)',
    '--mantine-color-default': 'var(--cs-surface)',
    '--mantine-color-default-hover': 'var(--cs-sunken)',
    '--mantine-color-default-color': 'var(--cs-text)',
    '--mantine-color-default-border': 'var(--cs-line2)',
    '--mantine-color-disabled': 'var(--cs-track)',
    '--mantine-color-disabled-color': 'var(--cs-faint)',
    '--mantine-shadow-md': 'var(--cs-shadow)',
    '--mantine-color-ink-light': 'var(--cs-ink-soft)',
    '--mantine-color-ink-light-hover': 'var(--cs-ink-soft)',
    '--mantine-color-ink-light-color': 'var(--cs-ink-text)',
    '--mantine-color-bad-light': 'var(--cs-bad-soft)',
    '--mantine-color-bad-light-color': 'var(--cs-bad-text)',
    '--input-bd': 'var(--cs-ctl)',
  }
  // Mantine draws inputs, menus and their edges in the dark from these two.
  // An outline is as loud in the dark as in the light; Mantine would take its palest shade.
  const outlines = {
    '--mantine-color-bad-outline': 'var(--cs-bad-text)',
    '--mantine-color-bad-outline-hover': 'var(--cs-bad-soft)',
    '--mantine-color-ink-outline': 'var(--cs-ink-text)',
    '--mantine-color-glass-outline': 'var(--cs-glass-text)',
  }
  const dark = { ...common, ...outlines, '--mantine-color-dark-6': 'var(--cs-raised)', '--mantine-color-dark-4': 'var(--cs-line2)' }
  return { variables: {}, light: common, dark }
}
