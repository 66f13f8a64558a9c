import { useContext } from 'react'
import { FOLD_AFTER, Lines, Unfolded } from './Lines'
import { type Operation, ofFile } from './operations'
import { Part } from './Part'
import type { DiffContent, DiffFile } from './shape'
import { VisibleText } from '../VisibleText'
import classes from './Change.module.css'

interface DiffChangeProps {
  content: DiffContent
  shown: (operation: Operation) => boolean
}

/** A patch, file by file or object by object. */
export function DiffChange({ content, shown }: DiffChangeProps) {
  const { push } = content
  const asked = useContext(Unfolded)
  let lines = 0
  return (
    <>
      {push ? (
        <p className={classes.fact}>
          Push to <strong><VisibleText fromServer>{push.repository}</VisibleText></strong>, <code><VisibleText fromServer>{push.ref}</VisibleText></code>
          {PUSHES[push.change] ? ` (${PUSHES[push.change]})` : ''}: <code>{push.oldId.slice(0, 10)}</code> → <code>{push.newId.slice(0, 10)}</code>
        </p>
      ) : null}
      {content.preamble.length > 0 ? <Lines lines={content.preamble} difference={false} label="Before the first file" /> : null}
      {content.files.map((file, at) => {
        const openAtFirst = asked || lines < FOLD_AFTER
        lines += file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0)
        return shown(ofFile(file)) ? <File key={`${file.path}-${at}`} file={file} openAtFirst={openAtFirst} /> : null
      })}
    </>
  )
}

const PUSHES: Record<string, string> = {
  create: 'a new ref',
  rewrite: 'history is rewritten',
  delete: 'the ref is deleted',
}

function File({ file, openAtFirst }: { file: DiffFile; openAtFirst: boolean }) {
  const { object } = file
  const moved = file.oldPath && file.oldPath !== file.path ? file.oldPath : undefined
  return (
    <Part
      operation={ofFile(file)}
      kind={object ? object.kind : undefined}
      name={<VisibleText fromServer>{object?.name ?? file.path}</VisibleText>}
      where={
        <VisibleText fromServer>
          {[object?.namespace ? `in ${object.namespace}` : '', object ? file.path : '', moved ? `${file.status} from ${moved}` : '']
            .filter(Boolean)
            .join(' · ')}
        </VisibleText>
      }
      count={file.binary ? 'no text' : file.status === 'added' ? `new, ${file.added} lines` : `+${file.added} −${file.removed}`}
      openAtFirst={openAtFirst}
    >
      {file.oldMode && file.newMode && file.oldMode !== file.newMode ? (
        <p className={classes.fact}>
          Mode <code>{file.oldMode}</code> → <strong><code>{file.newMode}</code></strong>
        </p>
      ) : null}
      {file.header.length > 0 && file.hunks.length === 0 ? <Lines lines={file.header} difference={false} label={`About ${file.path}`} /> : null}
      {file.hunks.map((hunk, at) => (
        <div key={at}>
          {at > 0 || hunk.section ? (
            <div className={classes.gap}>
              … <VisibleText fromServer>{hunk.section}</VisibleText>
            </div>
          ) : null}
          <Lines lines={hunk.lines} label={`Lines of ${file.path} from ${hunk.newStart}`} />
        </div>
      ))}
    </Part>
  )
}
