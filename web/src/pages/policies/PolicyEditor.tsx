import { Button, Group, SegmentedControl } from '@mantine/core'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { api, newKey, Problem } from '~/api/client'
import { paths } from '~/app/paths'
import { Held } from '~/parts/Held'
import { useOwnAct } from '~/parts/ownAct'
import { capital, type Names } from '~/parts/ruleWords'
import { Card } from '~/ui/Card'
import { Confirm } from '~/ui/Confirm'
import { Copy } from '~/ui/Copy'
import { fault as faultOf } from '~/ui/fault'
import { LinkButton } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import { yaml } from '~/ui/yaml'
import classes from './Editor.module.css'
import { Applies, Approvers, Deadlines, HowMany, Protects, type SectionProps } from './EditorSections'
import { type Draft, draftOf, formOf, nobodyYet, same } from './form'
import { Faults, PreviewPanel } from './PreviewPanel'
import type { Template, TemplateForm } from './queries'
import { usePreview } from './usePreview'

interface PolicyEditorProps {
  title: string
  crumbs: ReactNode
  initial: Draft
  names: Names
  /** The saved policy that gets a new version; none for a new one. */
  saved?: Template
  /** Beneath the title: where it comes from. */
  children?: ReactNode
}

interface Wish {
  form: TemplateForm
  key: string
  version: number | undefined
}

/** The one form for new policies and new versions, with what it means beside it. */
export function PolicyEditor({ title, crumbs, initial: present, names: known, saved: newest, children }: PolicyEditorProps) {
  const navigate = useNavigate()
  // What was opened stays what is edited: another version that comes meanwhile must not be overwritten unseen.
  const [{ initial, saved }] = useState({ initial: present, saved: newest })
  const leaving = useRef(false)
  const [asYaml, setAsYaml] = useState(false)
  const [tried, setTried] = useState(false)
  const act = useOwnAct<Wish, Template>({
    name: `policy ${saved?.id ?? 'new'}`,
    act: (wish) =>
      saved
        ? api.PUT('/api/v1/templates/{template}', {
            params: { path: { template: saved.id }, header: { 'If-Match': `"${wish.version}"` } } as never,
            body: wish.form,
          })
        : api.POST('/api/v1/templates', { params: { header: { 'Idempotency-Key': wish.key } }, body: wish.form }),
    touches: ['policies', 'findings'],
    onDone: (done) => {
      leaving.current = true
      void navigate({ to: paths.policy, params: { template: done.id }, search: { saved: String(done.version) } })
    },
  })
  // What waits for approval is what was sent; coming back shows it again.
  const [draft, setDraft] = useState<Draft>(() => (act.held ? draftOf(act.held.wish.form) : initial))
  const [names, setNames] = useState<Names>(known)
  const previewed = usePreview(draft)
  const problem = act.error instanceof Problem ? act.error : undefined
  const changed = !same(draft, initial)
  const held = act.held !== undefined && same(draft, draftOf(act.held.wish.form))

  useEffect(() => setNames((now) => ({ ...now, ...(previewed.preview?.names ?? {}) })), [previewed.preview])

  const blocker = useBlocker({
    shouldBlockFn: () => changed && !held && !leaving.current,
    enableBeforeUnload: () => changed && !held && !leaving.current,
    withResolver: true,
  })

  const refusals = previewed.preview?.refusals ?? []
  const warnings = previewed.current ? (previewed.preview?.warnings ?? []) : []
  const section: SectionProps = {
    draft,
    names,
    set: (change, more) => {
      setDraft((now) => ({ ...now, ...change }))
      if (more) setNames((now) => ({ ...now, ...more }))
      if (act.error) act.reset()
    },
    fault: (...fields) => {
      if (tried && previewed.unbegun && fields.includes('approvers')) return 'Choose people, teams or roles.'
      const said = faultOf(problem, ...fields)
      if (said) return said
      const live = faultOf(previewed.problem, ...fields)
      if (live) return live
      if (fields.includes('name') && tried && draft.name.trim() === '') return 'Give it a name.'
      const refused = previewed.problem ? undefined : refusals.find((one) => fields.includes(one.field))
      return refused ? `${capital(refused.sentence)}.` : undefined
    },
    warning: (...fields) => {
      const found = warnings.filter((one) => fields.some((field) => one.field === field || one.field.startsWith(`${field}.`)))
      return found.length > 0 ? found.map((one) => `${capital(one.sentence)}.`).join(' ') : undefined
    },
  }

  const save = () => {
    setTried(true)
    if (draft.name.trim() === '' || nobodyYet(draft) || document.querySelector('main input:invalid')) {
      requestAnimationFrame(() => document.querySelector<HTMLInputElement>('main [aria-invalid="true"]')?.focus())
      return
    }
    act.run({ form: formOf(draft), key: newKey(), version: saved?.version })
  }
  const next = saved ? `Save as v${saved.version + 1}` : 'Save policy'
  const nothingNew = saved !== undefined && !changed

  return (
    <Page
      title={title}
      crumbs={crumbs}
      facts={saved ? (changed ? `Draft of v${saved.version + 1}` : `v${saved.version}, nothing changed yet`) : children}
      actions={
        <>
          <SegmentedControl
            aria-label="How it is shown"
            value={asYaml ? 'yaml' : 'form'}
            onChange={(value) => setAsYaml(value === 'yaml')}
            data={[
              { value: 'form', label: 'Form' },
              { value: 'yaml', label: 'YAML' },
            ]}
          />
          <LinkButton variant="default" {...(saved ? { to: paths.policy, params: { template: saved.id } } : { to: paths.policies })}>
            {changed ? 'Discard' : 'Back'}
          </LinkButton>
          <Button onClick={save} loading={act.busy} disabled={nothingNew} aria-describedby={nothingNew ? 'nothing-new' : undefined}>
            {next}
          </Button>
          {nothingNew ? (
            <span id="nothing-new" className="visually-hidden">
              Nothing has changed yet.
            </span>
          ) : null}
        </>
      }
    >
      {saved && newest && newest.version > saved.version && !act.busy && !leaving.current ? (
        <Note tone="replaced" title={`Somebody saved v${newest.version} while you write.`}>
          You began with v{saved.version}, so this cannot be saved over it. Load the page again to begin with what is there now.
        </Note>
      ) : null}
      <Held act={act} what={saved ? `Save v${saved.version + 1} of ${saved.name}` : `Save ${draft.name || 'this policy'}`} />
      {act.error && !act.held ? <SaveRefused error={act.error} marked={!asYaml} /> : null}
      <div className={classes.layout}>
        {asYaml ? (
          <YamlSheet declaration={previewed.preview?.declaration} old={previewed.problem !== undefined} />
        ) : (
          <Card label="The policy">
            <Protects {...section} />
            <Approvers {...section} />
            <HowMany {...section} />
            <Applies {...section} />
            <Deadlines {...section} />
          </Card>
        )}
        <div className={classes.side}>
          <PreviewPanel marked={!asYaml} previewed={previewed} saved={saved} />
        </div>
      </div>
      <Confirm
        opened={blocker.status === 'blocked'}
        onClose={() => blocker.reset?.()}
        title="Leave without saving?"
        verb="Leave"
        tone="bad"
        onConfirm={() => blocker.proceed?.()}
      >
        What you changed here is not saved and would be lost.
      </Confirm>
    </Page>
  )
}

/** A refusal as a whole; what belongs to one field is said there, where the fields are shown. */
function SaveRefused({ error, marked }: { error: unknown; marked: boolean }) {
  if (error instanceof Problem && error.status === 412) {
    return (
      <Note tone="replaced" title="Somebody saved another version while you wrote." alert>
        Nothing was saved. Open the policy in another tab to see what changed, then load this page again and make your change to what is there now.
      </Note>
    )
  }
  if (error instanceof Problem && error.status === 400 && error.violations.length > 0) {
    return (
      <Note tone="bad" title="It was not saved." alert>
        {marked ? 'Mend what is marked below.' : <Faults of={error.violations} />}
      </Note>
    )
  }
  return <ProblemNote error={error} what="It was not saved." />
}

function YamlSheet({ declaration, old }: { declaration: unknown; old: boolean }) {
  const text = declaration === undefined ? undefined : yaml(declaration)
  return (
    <Card flush title="As policy as code" hint="the same, with handles" aside={text ? <Copy text={text} what="YAML" as="button" /> : undefined}>
      {old ? (
        <div className={classes.old}>
          <Note tone="pending" title="This is what the form said before.">
            Something in the form has to be mended first; it is marked there.
          </Note>
        </div>
      ) : null}
      {text ? (
        <pre className={classes.yaml} tabIndex={0} aria-label="The policy as YAML">
          {text}
        </pre>
      ) : (
        <Group p="md">Say who can approve first; then this shows the file.</Group>
      )}
    </Card>
  )
}
