interface Bounds {
  min: number
  max?: number | undefined
  parts?: boolean
  optional?: boolean
}

const written = new Intl.NumberFormat('en', { maximumFractionDigits: 3 })

/** Why what was typed is not the number that is wanted, with the bounds; nothing where it is. */
export function numberFault(typed: number | string, { min, max, parts = false, optional = false }: Bounds): string | undefined {
  if (typed === '' && optional) return undefined
  const kind = parts ? 'number' : 'whole number'
  const bounds = max === undefined ? `of at least ${written.format(min)}` : `from ${written.format(min)} to ${written.format(max)}`
  const number = Number(typed)
  const fits = typed !== '' && Number.isFinite(number) && (parts || Number.isInteger(number)) && number >= min && (max === undefined || number <= max)
  return fits ? undefined : `Give a ${kind} ${bounds}.`
}
