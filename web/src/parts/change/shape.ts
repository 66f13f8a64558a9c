/** A payload as the server renders it for people, from the very bytes of the digest. */
export interface Line {
  kind: 'context' | 'added' | 'removed' | 'note'
  oldLine?: number | null
  newLine?: number | null
  text: string
  changed: Array<{ from: number; to: number }>
  continued: boolean
}

export interface KubernetesObject {
  apiVersion: string
  kind: string
  namespace?: string | null
  name?: string | null
}

export interface Hunk {
  oldStart: number
  oldLines: number
  newStart: number
  newLines: number
  section: string
  lines: Line[]
}

export interface DiffFile {
  path: string
  oldPath?: string | null
  status: 'added' | 'changed' | 'removed' | 'renamed' | 'copied'
  oldMode?: string | null
  newMode?: string | null
  added: number
  removed: number
  binary: boolean
  object?: KubernetesObject | null
  header: Line[]
  hunks: Hunk[]
}

export interface DiffContent {
  kind: 'diff'
  push?: { repository: string; ref: string; change: string; oldId: string; newId: string; newCommit?: string | null } | null
  added: number
  changed: number
  removed: number
  linesAdded: number
  linesRemoved: number
  preamble: Line[]
  files: DiffFile[]
}

export interface Attribute {
  path: string
  before?: string | null
  after?: string | null
  sensitive: boolean
  unknown: boolean
  replaces: boolean
  lines: Line[]
}

export interface TerraformResource {
  address: string
  previousAddress?: string | null
  type: string
  operation: 'create' | 'update' | 'replace' | 'destroy' | 'read' | 'forget' | 'move' | 'import' | 'other'
  actions: string[]
  reason?: string | null
  attributes: Attribute[]
  unchanged: number
}

export interface TerraformContent {
  kind: 'terraform'
  terraformVersion?: string | null
  counts: { add: number; change: number; replace: number; destroy: number; read: number; forget: number; move: number; bring: number }
  resources: TerraformResource[]
  unchangedResources: number
  outputs: Array<{ name: string; actions: string[]; attributes: Attribute[] }>
  drift: TerraformResource[]
  errored: boolean
  planFile?: { path: string; size: number; sha256: string } | null
  command?: CommandContent | null
}

export interface CommandContent {
  kind: 'command'
  line: string
  words: Array<{ text: string; file?: string | null }>
  program: {
    asked: string
    name: string
    path: string
    mode: string
    size: number
    sha256: string
    copied: boolean
    interpreters: Array<{ path: string; sha256: string }>
    text: Line[]
  }
  environment: Array<{ name: string; value: string }>
  secretVariables: string[]
  folder: { path: string; isPrivate: boolean }
  files: Array<{ path: string; copy: string; mode: string; size: number; sha256: string; shown: 'text' | 'named' | 'hash'; text: Line[] }>
  notBound: string[]
}

export type Content =
  | DiffContent
  | TerraformContent
  | CommandContent
  | { kind: 'json'; lines: Line[] }
  | { kind: 'text'; lines: Line[] }
  | { kind: 'binary'; hex: Line[] }
  | { kind: 'empty' }

export interface Change {
  digest: string
  mediaType: string
  size: number
  complete: boolean
  leftOut?: string | null
  covered: number
  hidden: number
  lookalikes: number
  remarks: string[]
  summary: Array<{ label: string; from?: string | null; to?: string | null }>
  moreInSummary: number
  rows: { offset: number; shown: number; total: number; nextOffset?: number | null }
  folded: Array<{ what: string; size: number; sha256: string }>
  content: Content
}
