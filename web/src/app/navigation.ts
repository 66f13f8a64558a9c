import {
  IconActivityHeartbeat,
  IconAlertTriangle,
  IconChecklist,
  IconFlask,
  IconHome,
  IconInbox,
  IconListSearch,
  IconPlayerPlay,
  IconRobot,
  IconRuler2,
  IconServer,
  IconSettings,
  IconShieldCheck,
  IconStack2,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { paths } from './paths'

export interface Place {
  label: string
  to: string
  icon: typeof IconHome
  /** What one must be allowed to do for it to be there. */
  permission?: string
  /** Other words people look for it by. */
  words?: string
}

export interface Group {
  label?: string
  places: Place[]
}

/** The navigation, in the words of the API and the command line. */
export const groups: Group[] = [
  {
    places: [
      { label: 'Home', to: paths.home, icon: IconHome },
      { label: 'Approvals', to: paths.inbox, icon: IconInbox, permission: 'requests-read', words: 'inbox requests queue' },
      { label: 'Follow-ups', to: paths.followUps, icon: IconChecklist, permission: 'requests-read' },
      { label: 'Executions', to: paths.executions, icon: IconPlayerPlay, permission: 'requests-read', words: 'without a request ungated unheld outcome unknown' },
      { label: 'Break-glass', to: paths.breakglass, icon: IconAlertTriangle, permission: 'requests-read', words: 'emergency incident override' },
    ],
  },
  {
    label: 'Rules',
    places: [
      { label: 'Approval Policies', to: paths.policies, icon: IconShieldCheck, permission: 'policy-read', words: 'templates bindings quorum' },
      { label: 'Simulator', to: paths.simulator, icon: IconFlask, permission: 'policy-read', words: 'explain try what if' },
      { label: 'Findings', to: paths.findings, icon: IconActivityHeartbeat, permission: 'policy-read', words: 'weak uncovered' },
    ],
  },
  {
    label: 'Organization',
    places: [
      { label: 'People', to: paths.people, icon: IconUsers, permission: 'directory-read' },
      { label: 'Teams', to: paths.teams, icon: IconUsersGroup, permission: 'directory-read' },
      { label: 'Roles', to: paths.roles, icon: IconRuler2, permission: 'directory-read', words: 'permissions' },
      { label: 'Accounts', to: paths.accounts, icon: IconRobot, permission: 'directory-read', words: 'service accounts agents tokens' },
      { label: 'Projects', to: paths.projects, icon: IconStack2, permission: 'directory-read', words: 'environments freeze releases' },
      { label: 'Clusters', to: paths.clusters, icon: IconServer, permission: 'directory-read' },
    ],
  },
  {
    label: 'Settings',
    places: [
      { label: 'Audit Logs', to: paths.audit, icon: IconListSearch, permission: 'audit-read', words: 'log entries export csv' },
      { label: 'Settings', to: paths.organization, icon: IconSettings, permission: 'directory-read', words: 'organization time zone' },
    ],
  },
]
