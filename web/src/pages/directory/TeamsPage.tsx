import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowElbowRight, IconEqualNot, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay } from '~/app/session'
import { teamsQuery } from '~/parts/Choose'
import { Named } from '~/parts/Named'
import { asTree, type Branch } from '~/parts/tree'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Listing } from '~/ui/Listing'
import { Mark } from '~/ui/Mark'
import { Page } from '~/ui/Page'
import { type Column, Rows } from '~/ui/Rows'
import { Time } from '~/ui/Time'
import classes from './Teams.module.css'
import { TeamForm } from './TeamForm'

type Row = Branch<Schemas['TeamsTeamView']>

const columns: ReadonlyArray<Column<Row>> = [
  {
    head: 'Team',
    bare: true,
    cell: ({ node, depth }) => (
      <span className={classes.branch} style={{ paddingInlineStart: depth * 20 }}>
        {depth > 0 ? <IconArrowElbowRight size={14} className={classes.elbow} aria-label="below" /> : null}
        <Link to={paths.team} params={{ team: `@${node.handle}` }}>
          {node.name}
        </Link>
        <span className={classes.handle}>@{node.handle}</span>
        {node.countsAsDistinct ? null : <Mark icon={IconEqualNot}>Not a distinct team</Mark>}
      </span>
    ),
  },
  { head: 'Members', cell: ({ node }) => (node.memberCount === 1 ? '1 person' : `${node.memberCount} people`) },
  {
    head: 'Made',
    cell: ({ node }) => (
      <>
        <Time at={node.createdAt} /> by <Named id={node.createdBy} />
      </>
    ),
  },
]

/** The teams as they stand below each other. */
export function TeamsPage() {
  const mayChange = useMay('directory-write')
  const [adding, add] = useDisclosure(false)
  const teams = useQuery(teamsQuery)
  const addButton = mayChange ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add.open}>
      Add team
    </Button>
  ) : null
  return (
    <Page title="Teams" actions={addButton}>
      <Listing
        query={teams}
        what="teams"
        empty={
          <Empty icon={<IconUsersGroup size={20} />} title="No team yet.">
            Policies name teams, so that people can come and go.
          </Empty>
        }
      >
        {(rows) => <Rows label="Teams" rows={asTree(rows)} columns={columns} keyOf={({ node }) => node.id} />}
      </Listing>
      <TeamForm opened={adding} onClose={add.close} />
    </Page>
  )
}
