import type { Schemas } from '~/api/client'

/** A payload as the server renders it for people, from the very bytes of the digest. */
export type Change = Schemas['ChangeView']
export type Content = Change['content']
export type Line = Schemas['ChangeLine']
export type DiffContent = Schemas['DiffContent']
export type DiffFile = Schemas['DiffContentFile']
export type TerraformContent = Schemas['TerraformContent']
export type TerraformResource = Schemas['TerraformContentResource']
export type Attribute = Schemas['TerraformContentAttribute']
export type CommandContent = Schemas['CommandContent']
export type CallContent = Schemas['CallContent']
export type KubernetesContent = Schemas['KubernetesContent']
export type DeclarationContent = Schemas['DeclarationContent']
export type ComparisonContent = Schemas['ComparisonContent']
