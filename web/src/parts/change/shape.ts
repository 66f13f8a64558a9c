import type { Schemas } from '~/api/client'

/** A payload as the server renders it for people, from the very bytes of the digest. */
export type Change = Omit<Schemas['ChangeView'], 'content'> & { content: Content }
export type Content = Schemas['ChangeView']['content'] | KubernetesContent | CallContent | DeclarationContent | ComparisonContent
export type Line = Schemas['ChangeLine']
export type DiffContent = Schemas['DiffContent']
export type DiffFile = Schemas['DiffContentFile']
export type TerraformContent = Schemas['TerraformContent']
export type TerraformResource = Schemas['TerraformContentResource']
export type Attribute = Schemas['TerraformContentAttribute']
export type CommandContent = Schemas['CommandContent']

/** A call that Countersign does itself once it is approved. */
export interface CallContent {
  kind: 'call'
  method: string
  path: string
  ifMatch?: string
  body: Line[]
}

/** Manifests that are applied to a cluster; what is there already is not in the payload. */
export interface KubernetesContent {
  kind: 'kubernetes'
  manifests: Array<{ object: NonNullable<DiffFile['object']>; lines: Line[] }>
}

/** What applying policy as code changes. */
export interface DeclarationContent {
  kind: 'declaration'
  digest: string
  prune: boolean
  added: number
  changed: number
  removed: number
  changes: Array<{
    change: 'add' | 'alter' | 'remove'
    kind: string
    name: string
    fields: Array<{ path: string; from?: string; to?: string }>
  }>
}

/** How a payload differs from another request's. */
export interface ComparisonContent {
  kind: 'comparison'
  against: string
  againstDigest: string
  same: boolean
  linesAdded: number
  linesRemoved: number
  hunks: DiffFile['hunks']
}
