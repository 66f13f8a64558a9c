import { useQuery } from '@tanstack/react-query'
import { api, data, type Schemas } from '~/api/client'
import { paths } from '~/app/paths'
import { Named } from '~/parts/Named'
import { VisibleText } from '~/parts/VisibleText'
import { Copy } from '~/ui/Copy'
import { Facts } from '~/ui/Facts'
import { Link } from '~/ui/Link'
import { absolute, ownZone } from '~/ui/time'
import { Time } from '~/ui/Time'
import classes from './Audit.module.css'
import { Changes } from './Changes'
import { EntryIcon, prominence, prominentWord } from './EntryIcon'
import { Sentence } from './Sentence'
import { typeWords } from './sentence'

type Entry = Schemas['FoundEntry']

/** Everything one entry says: the sentence, who and how, and its fields as they are kept. */
export function EntryDetail({ entry }: { entry: Entry }) {
  const word = prominentWord(entry.type, entry.prominent)
  const zone = ownZone()
  const json = JSON.stringify(entry.entry, null, 2)
  return (
    <>
      <p className={classes.said} data-prominent={prominence(entry.type, entry.prominent)}>
        <EntryIcon type={entry.type} prominent={entry.prominent} />
        <span>
          {word ? <strong className={classes.word}>{word} · </strong> : null}
          <Sentence type={entry.type} entry={entry.entry} />
        </span>
      </p>
      <Facts
        of={[
          ['Who', <Named key="who" id={entry.actor.id} face />],
          [
            'When',
            <span key="when">
              <Time at={entry.time} />, {absolute(entry.time, 'UTC')}
              {zone === 'UTC' ? '' : `, ${absolute(entry.time, zone)}`}
            </span>,
          ],
          [
            'Request',
            entry.number ? (
              <Link key="request" to={paths.request} params={{ request: entry.number }}>
                {entry.number}
              </Link>
            ) : undefined,
          ],
          ['Kind', typeWords(entry.type)],
          ['Through', entry.actor.channel],
          ['Credential', <code key="credential">{entry.actor.credentialId}</code>],
          ['Call', <code key="call">{entry.actor.callId}</code>],
        ]}
      />
      <Changes of={entry.entry.changes} />
      <div className={classes.jsonHead}>
        <h2 className={classes.heading}>All fields</h2>
        <Copy text={json} what="fields" />
      </div>
      <pre className={classes.json} tabIndex={0} aria-label="Fields of the entry as JSON">
        <VisibleText>{json}</VisibleText>
      </pre>
    </>
  )
}

/** The entries right before and after, to read on from here. */
export function Neighbours({ leafIndex, onGo }: { leafIndex: number; onGo?: (leafIndex: number) => void }) {
  return (
    <nav aria-label="Neighbours in the log" className={classes.neighbours}>
      <h2 className={classes.heading}>Around it</h2>
      <Neighbour leafIndex={leafIndex + 1} word="Next" onGo={onGo} />
      {leafIndex > 0 ? <Neighbour leafIndex={leafIndex - 1} word="Before" onGo={onGo} /> : <p className={classes.none}>It is the first entry.</p>}
    </nav>
  )
}

function Neighbour({ leafIndex, word, onGo }: { leafIndex: number; word: string; onGo?: ((leafIndex: number) => void) | undefined }) {
  const neighbour = useQuery(entryQuery(leafIndex))
  if (neighbour.isPending) return <p className={classes.none}>…</p>
  if (!neighbour.data) return <p className={classes.none}>{word === 'Next' ? 'Nothing has happened since.' : 'It could not be read.'}</p>
  const { entry, type } = neighbour.data
  const words = (
    <>
      <span className={classes.step}>{word}</span> <Sentence type={type} entry={entry} plain />
    </>
  )
  return onGo ? (
    <button type="button" className={classes.neighbour} onClick={() => onGo(leafIndex)}>
      {words}
    </button>
  ) : (
    <Link to={paths.auditEntry} params={{ leafIndex: String(leafIndex) }} className={classes.neighbour}>
      {words}
    </Link>
  )
}

/** One entry; it never changes, so it is read once. One that is not there yet may come. */
export function entryQuery(leafIndex: number) {
  return {
    queryKey: ['audit', 'entry', leafIndex],
    queryFn: () => data(api.GET('/api/v1/audit-entries/{leafIndex}', { params: { path: { leafIndex } } })),
    retry: false,
  }
}
