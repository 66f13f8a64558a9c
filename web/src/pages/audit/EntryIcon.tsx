import {
  IconAlertTriangle,
  IconArrowsRightLeft,
  IconCertificate,
  IconCheck,
  IconClock,
  IconDoorEnter,
  IconFileText,
  IconKey,
  IconPlayerPlay,
  IconShieldCheck,
  IconShieldX,
  IconSend,
  IconServer,
  IconSnowflake,
  IconTag,
  IconUrgent,
  IconUser,
  IconUsersGroup,
  IconX,
} from '@tabler/icons-react'

const looks: ReadonlyArray<[RegExp, typeof IconUser]> = [
  [/^breakglass|bypassed$/, IconUrgent],
  [/refused|denied|failed|struck|revoked/, IconShieldX],
  [/^request-(opened|reopened)|^reminder/, IconSend],
  [/^request-approved|^vote-cast|confirmed$/, IconCheck],
  [/^request-(cancelled|expired)|withdrawn|unsatisfiable/, IconX],
  [/executed|execution|redeemed/, IconPlayerPlay],
  [/^(template|binding|requirements|lock-out|declaration)/, IconShieldCheck],
  [/^(signed|sign-in)/, IconDoorEnter],
  [/^(link|password|credential|token|permission|cluster-token)/, IconKey],
  [/^(signing|grant-document)/, IconCertificate],
  [/frozen$/, IconSnowflake],
  [/^(team|role)/, IconUsersGroup],
  [/^(person|account)/, IconUser],
  [/^(project|environment|cluster)/, IconServer],
  [/^(release|action-type)/, IconTag],
  [/^clock|set-up/, IconClock],
  [/^organization/, IconArrowsRightLeft],
]

/** The shape of a kind of entry. */
export function EntryIcon({ type, prominent }: { type: string; prominent: boolean }) {
  const Icon = looks.find(([pattern]) => pattern.test(type))?.[1] ?? IconFileText
  const Shown = prominent && !/^breakglass|bypassed$/.test(type) ? IconAlertTriangle : Icon
  return <Shown size={16} stroke={1.8} aria-hidden />
}

/** How an entry stands out: orange and hatched is for break-glass alone. */
export function prominence(type: string, prominent: boolean): 'glass' | 'notable' | 'none' {
  return !prominent ? 'none' : /^breakglass|bypassed$/.test(type) ? 'glass' : 'notable'
}

/** The word that marks an entry that stands out; nothing for the others. */
export function prominentWord(type: string, prominent: boolean): string | undefined {
  return { glass: 'Break-glass', notable: 'Stands out', none: undefined }[prominence(type, prominent)]
}
