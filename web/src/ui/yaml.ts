/** Plain data as YAML: for reading and for copying into files. */

const PLAIN = /^[A-Za-z_/][A-Za-z0-9_ ./@+-]*$/
const WORDS = /^(true|false|yes|no|on|off|null|y|n)$/i

function scalar(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value !== 'string') return String(value)
  const bare = PLAIN.test(value) && !WORDS.test(value) && !value.endsWith(' ')
  return bare ? value : JSON.stringify(value)
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function empty(value: unknown): string | undefined {
  if (Array.isArray(value) && value.length === 0) return '[]'
  return isTree(value) && Object.keys(value).length === 0 ? '{}' : undefined
}

function lines(value: unknown, indent: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((one) => {
      const inner = isTree(one) || Array.isArray(one) ? (empty(one) ? [empty(one)!] : lines(one, '')) : [scalar(one)]
      return inner.map((line, at) => `${indent}${at === 0 ? '- ' : '  '}${line}`)
    })
  }
  if (!isTree(value)) return [`${indent}${scalar(value)}`]
  return Object.entries(value).flatMap(([key, one]) => {
    const head = `${indent}${scalar(key)}:`
    if (empty(one)) return [`${head} ${empty(one)}`]
    if (Array.isArray(one) && one.every((item) => !isTree(item) && !Array.isArray(item))) {
      return [`${head} [${one.map((item) => scalar(item)).join(', ')}]`]
    }
    if (isTree(one) || Array.isArray(one)) return [head, ...lines(one, `${indent}  `)]
    return [`${head} ${scalar(one)}`]
  })
}

/** The data as a YAML document with a line feed at its end. */
export function yaml(value: unknown): string {
  return `${(empty(value) ? [empty(value)!] : lines(value, '')).join('\n')}\n`
}
