import { IconCompass } from '@tabler/icons-react'
import type { Problem } from '~/api/client'
import { Empty } from '~/ui/Empty'
import { Link } from '~/ui/Link'
import { Page } from '~/ui/Page'
import { whatIsMissing } from './missing'

/** The page of a thing that is not there: its name as it was asked for, and the list it would be in. */
export function NotThere({ error }: { error: Problem }) {
  const { sentence, to, all } = whatIsMissing(error)
  return (
    <Page title="Not found">
      <Empty icon={<IconCompass size={20} />} title={sentence} action={<Link to={to}>{all}</Link>}>
        The link may be old, or not complete.
      </Empty>
    </Page>
  )
}
