import { Button, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { newKey } from '~/api/client'
import { paths } from '~/app/paths'
import { useMay, useMe } from '~/app/session'
import { ChoosePerson } from '~/parts/Choose'
import { Card } from '~/ui/Card'
import { Columns } from '~/ui/Columns'
import { fault } from '~/ui/fault'
import { Link, LinkButton } from '~/ui/Link'
import { Note } from '~/ui/Note'
import { Page } from '~/ui/Page'
import { ProblemNote } from '~/ui/ProblemNote'
import { isoDuration, spokenDuration } from '~/ui/time'
import classes from './Glass.module.css'
import { HowLong } from './HowLong'
import { OpeningPreview } from './OpeningPreview'
import { scopeForm, ScopeFields } from './ScopeFields'
import { bannerQuery, openSession, previewQuery } from './shape'
import { lacks, steps } from './words'
import { WhenToUse } from './WhenToUse'

const nothing = { incident: '', reason: '', closureOwner: null as string | null, actions: [] as string[], resources: [] as string[], duration: '', typedScope: '', typed: '' }

/** A session to be opened: what is asked at the left, what it does at the right, live. */
export function OpenBreakglassPage() {
  const mayOpen = useMay('breakglass-open')
  const crumbs = <Link to={paths.breakglass}>Break-glass</Link>
  if (!mayOpen) {
    return (
      <Page title="Open a break-glass session" width="detail" crumbs={crumbs}>
        <Note title="You may not open a session.">
          Nobody holds the permission until it is given. An administrator gives it on the person’s page, for named actions and places.
        </Note>
        <WhenToUse />
      </Page>
    )
  }
  return (
    <Page title="Open a break-glass session" width="detail" crumbs={crumbs} facts="For a live incident only. Approvals inside the scope are skipped, everything is recorded, and Security is told at once.">
      <OpeningSheet />
    </Page>
  )
}

function OpeningSheet() {
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [form, setForm] = useState(nothing)
  const [tried, setTried] = useState(false)
  const sheet = useRef<HTMLFormElement>(null)
  const key = useRef(newKey())
  const change = (part: Partial<typeof nothing>) => {
    key.current = newKey()
    setForm((before) => ({ ...before, ...part }))
  }
  const already = useQuery(bannerQuery).data
  const scope = useMemo(() => scopeForm(form.actions, form.resources), [form.actions, form.resources])
  const [asked] = useDebouncedValue(scope, 250)
  const chosen = scope.actions.length > 0 && scope.resources.length > 0
  const preview = useQuery({ ...previewQuery(asked), enabled: asked.actions.length > 0 && asked.resources.length > 0, placeholderData: keepPreviousData })
  const shown = chosen && !preview.isError ? preview.data : undefined
  const durations = preview.data ? steps(preview.data.minimum, preview.data.maximum) : []
  const duration = durations.includes(form.duration) ? form.duration : (durations[0] ?? '')
  const missing = lacks({ ...form, confirm: shown?.confirm })
  const send = useMutation({
    mutationFn: () =>
      openSession(
        {
          reason: form.reason.trim(),
          incident: form.incident.trim(),
          closureOwner: form.closureOwner ?? undefined,
          scope,
          duration,
          confirmScope: shown?.confirm ? form.typedScope.trim() : undefined,
        },
        key.current,
      ),
    onSuccess: (session) => {
      for (const room of ['breakglass', 'requests', 'counts']) void client.invalidateQueries({ queryKey: [room] })
      void navigate({ to: paths.breakglassSession, params: { session: session.name } })
    },
  })
  useEffect(() => {
    if (send.error) sheet.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [send.error])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(missing).length === 0 && !send.isPending) send.mutate()
    else requestAnimationFrame(() => sheet.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  const says = (field: string, ...server: string[]) => (tried ? missing[field] : undefined) ?? fault(send.error, ...server)
  const gated = (shown?.openingGatedBy.length ?? 0) > 0
  const own = already?.own ?? already?.requested
  if (own) {
    return (
      <Note tone="pending" title={`You have a session: ${own.name}.`}>
        One at a time; a session is never extended or widened. Use it, or end it first.
        <div>
          <Link to={paths.breakglassSession} params={{ session: own.name }}>
            Open {own.name}
          </Link>
        </div>
      </Note>
    )
  }
  const told = <OpeningPreview preview={shown} error={chosen ? preview.error : null} busy={chosen && preview.isFetching} retry={() => void preview.refetch()} duration={duration} />
  return (
    <Columns side={<div className={classes.beside}>{told}</div>}>
      <WhenToUse />
      <form ref={sheet} onSubmit={submit} noValidate>
        <Card title="1. The incident">
          <div className={classes.two}>
            <TextInput label="Incident reference" placeholder="INC-2242" autoComplete="off" value={form.incident} error={says('incident', 'incident')} onChange={(event) => change({ incident: event.currentTarget.value })} />
            <Textarea label="Why can approval not wait?" autosize minRows={2} maxRows={8} value={form.reason} error={says('reason', 'reason')} onChange={(event) => change({ reason: event.currentTarget.value })} />
          </div>
          <div style={{ marginTop: 12 }}>
            <ChoosePerson
              label="Closure owner"
              description={`Sees to it that the closure is filed. ${me.name} where nobody is chosen.`}
              value={form.closureOwner}
              error={says('closureOwner', 'closureOwner')}
              onChange={(closureOwner) => change({ closureOwner })}
            />
          </div>
        </Card>
        <Card title="2. Scope" hint="as narrow as the repair needs">
          <ScopeFields
            actions={form.actions}
            resources={form.resources}
            actionsFault={says('actions', 'scope.actions') ?? fault(preview.error, 'scope.actions')}
            resourcesFault={says('resources', 'scope.resources', 'scope') ?? fault(preview.error, 'scope.resources')}
            onChange={change}
          />
          {shown?.confirm ? (
            <Note tone="pending" title={`This reaches all of ${shown.confirm}.`}>
              Choose single environments or clusters, or type its name to keep so wide a scope.
              <TextInput
                mt={6}
                label={`Type ${shown.confirm}`}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={form.typedScope}
                error={says('confirmScope', 'confirmScope')}
                onChange={(event) => change({ typedScope: event.currentTarget.value })}
              />
            </Note>
          ) : null}
        </Card>
        <Card title="3. How long" hint={preview.data ? `your organization allows ${spokenDuration(preview.data.minimum)} to ${spokenDuration(preview.data.maximum)}` : undefined}>
          <HowLong steps={durations} value={duration} gated={gated} fault={fault(send.error, 'duration')} onChange={(next) => change({ duration: next })} />
        </Card>
        <div className={classes.before}>{told}</div>
        <Card title="4. Confirm" tone="glass">
          <TextInput
            label="Type the incident reference to open the session"
            autoComplete="off"
            spellCheck={false}
            value={form.typed}
            error={says('typed')}
            onChange={(event) => change({ typed: event.currentTarget.value })}
            maw={320}
          />
          {gated ? <p className={classes.dim}>Opening is gated too, by {shown?.openingGatedBy.join(', ')}. That is never bypassed; the time starts when it is approved.</p> : null}
          {send.error ? <ProblemNote error={send.error} what="The session was not opened." /> : null}
          <div style={{ display: 'flex', gap: 8, marginTop: 12, flexWrap: 'wrap' }}>
            <Button type="submit" color="glass" loading={send.isPending}>
              {`${gated ? 'Ask to open' : 'Open'}${duration ? ` for ${isoDuration(duration)}` : ''}`}
            </Button>
            <LinkButton to={paths.breakglass} variant="default">
              Back
            </LinkButton>
          </div>
        </Card>
      </form>
    </Columns>
  )
}
