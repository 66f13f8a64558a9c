import type { Content, DiffFile, TerraformResource } from './shape'

/** What happens to a part of a change; the three that stand in its header as filters. */
export type Operation = 'added' | 'changed' | 'removed'

export interface Counts {
  added: number
  changed: number
  removed: number
}

export const SIGNS: Record<Operation, string> = { added: '+', changed: '~', removed: '−' }

export function ofFile(file: DiffFile): Operation {
  return file.status === 'added' || file.status === 'copied' ? 'added' : file.status === 'removed' ? 'removed' : 'changed'
}

/** What happens to a thing of a declaration. */
export function ofThing(change: 'add' | 'alter' | 'remove'): Operation {
  return change === 'add' ? 'added' : change === 'remove' ? 'removed' : 'changed'
}

/** A replacement destroys first: it is among what is removed, and says so. */
export function ofResource(resource: TerraformResource): Operation {
  switch (resource.operation) {
    case 'create':
    case 'import':
      return 'added'
    case 'destroy':
    case 'replace':
    case 'forget':
      return 'removed'
    default:
      return 'changed'
  }
}

/** How many parts are added, changed and removed; nothing for a change that has no parts. */
export function countsOf(content: Content): Counts | undefined {
  switch (content.kind) {
    case 'diff':
    case 'declaration':
      return { added: content.added, changed: content.changed, removed: content.removed }
    case 'terraform': {
      const { counts } = content
      return {
        added: counts.add + counts.bring,
        changed: counts.change + counts.move + counts.read,
        removed: counts.destroy + counts.replace + counts.forget,
      }
    }
    default:
      return undefined
  }
}

const HURTS: TerraformResource['operation'][] = ['destroy', 'replace', 'forget', 'update', 'move', 'create', 'import', 'read', 'other']

/** What is destroyed first, whatever order the plan has. */
export function byHarm(resources: TerraformResource[]): TerraformResource[] {
  return [...resources].sort((one, two) => HURTS.indexOf(one.operation) - HURTS.indexOf(two.operation))
}

/** What the structured view of a change is called. */
export function structureOf(content: Content): string | undefined {
  switch (content.kind) {
    case 'diff':
      return content.files.some((file) => file.object) ? 'By object' : 'By file'
    case 'terraform':
      return 'By resource'
    case 'command':
      return 'Command'
    case 'call':
      return 'Call'
    case 'kubernetes':
      return 'By object'
    case 'declaration':
      return 'By thing'
    default:
      return undefined
  }
}

/** 1,234 bytes as people say it. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`
  if (size < 1_000_000) return `${(size / 1000).toFixed(size < 10_000 ? 1 : 0)} kB`
  return `${(size / 1_000_000).toFixed(1)} MB`
}

/** A digest short enough to read out: its algorithm, its first two and its last groups. */
export function shortDigest(digest: string): string {
  const [algorithm, hex] = digest.includes(':') ? digest.split(':') : ['sha256', digest]
  return hex && hex.length > 16 ? `${algorithm}:${hex.slice(0, 4)} ${hex.slice(4, 8)} … ${hex.slice(-4)}` : digest
}
