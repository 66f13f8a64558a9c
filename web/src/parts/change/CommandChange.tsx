import { Lines } from './Lines'
import { bytes } from './operations'
import { Part } from './Part'
import type { CommandContent } from './shape'
import { VisibleText } from '../VisibleText'
import classes from './Change.module.css'

/** A command that runs exactly as it was approved: the line, the program, its surroundings, its files. */
export function CommandChange({ content }: { content: CommandContent }) {
  const { program, folder } = content
  return (
    <div>
      <pre className={classes.command} tabIndex={0} role="group" aria-label="The command">
        <span aria-hidden className={classes.prompt}>
          ${' '}
        </span>
        <VisibleText fromServer>{content.line}</VisibleText>
      </pre>
      <dl className={classes.facts}>
        <dt>Words</dt>
        <dd>
          {content.words.map((word, at) => (
            <code key={at} className={classes.argument} title={word.file ? `stands for the file ${word.file}` : undefined}>
              <VisibleText fromServer>{word.text === '' ? '(empty)' : word.text}</VisibleText>
            </code>
          ))}
        </dd>
        <dt>Program</dt>
        <dd>
          <code><VisibleText fromServer>{program.path}</VisibleText></code> {program.copied ? 'as a copy made now, ' : 'in its own place, '}
          {bytes(program.size)}, <code className={classes.digest}>sha256:{program.sha256}</code>
          {program.interpreters.map((one) => (
            <div key={one.path}>
              read by <code><VisibleText fromServer>{one.path}</VisibleText></code> <code className={classes.digest}>sha256:{one.sha256}</code>
            </div>
          ))}
        </dd>
        <dt>Folder</dt>
        <dd>{folder.isPrivate ? 'a private one with nothing in it but the named files' : <code><VisibleText fromServer>{folder.path}</VisibleText></code>}</dd>
        <dt>Variables</dt>
        <dd>
          {content.environment.length === 0 && content.secretVariables.length === 0 ? 'none' : null}
          {content.environment.map((one) => (
            <div key={one.name}>
              <code><VisibleText fromServer>{`${one.name}=${one.value}`}</VisibleText></code>
            </div>
          ))}
          {content.secretVariables.map((one) => (
            <div key={one}>
              <code><VisibleText fromServer>{one}</VisibleText></code> <span className={classes.dim}>taken when it runs, shown to nobody</span>
            </div>
          ))}
        </dd>
      </dl>
      {content.notBound.length > 0 ? (
        <div className={classes.warning}>
          An approval does not cover:
          <ul>
            {content.notBound.map((one, at) => (
              <li key={at}><VisibleText fromServer>{one}</VisibleText></li>
            ))}
          </ul>
        </div>
      ) : null}
      {program.text.length > 0 ? (
        <Part operation="changed" kind="script" name={<VisibleText fromServer>{program.name}</VisibleText>} count={`${program.text.length} lines`}>
          <Lines lines={program.text} difference={false} label={`The script ${program.name}`} />
        </Part>
      ) : null}
      {content.files.map((file) => (
        <Part
          key={file.path}
          operation="changed"
          kind="file"
          name={<VisibleText fromServer>{file.path}</VisibleText>}
          count={bytes(file.size)}
        >
          <p className={classes.fact}>
            {file.shown === 'hash' ? 'The payload has no more of it than its hash: ' : file.shown === 'named' ? 'Its bytes are in the payload and not shown here: ' : ''}
            <code className={classes.digest}>sha256:{file.sha256}</code>, mode <code>{file.mode}</code>
          </p>
          {file.text.length > 0 ? <Lines lines={file.text} difference={false} label={`The file ${file.path}`} /> : null}
        </Part>
      ))}
    </div>
  )
}
