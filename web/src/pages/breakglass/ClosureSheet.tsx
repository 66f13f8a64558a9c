import { Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { newKey } from '~/api/client'
import { ChoosePerson } from '~/parts/Choose'
import { VisibleText } from '~/parts/VisibleText'
import { Facts } from '~/ui/Facts'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { Time } from '~/ui/Time'
import classes from './Glass.module.css'
import { closeSession, type SessionDetail } from './shape'
import { isLink, links, performed } from './words'

/** The closure by the operations guide's template; what was performed and when it ended are filled in from the log. */
export function ClosureSheet({ session, onClose }: { session: SessionDetail; onClose: () => void }) {
  const client = useQueryClient()
  const [form, setForm] = useState({ incident: session.incident, reasonUsed: session.reason, remarks: '', preventiveAction: '', preventiveOwner: null as string | null, preventiveDue: '', evidence: '' })
  const key = useRef(newKey())
  const change = (part: Partial<typeof form>) => {
    key.current = newKey()
    setForm((before) => ({ ...before, ...part }))
  }
  const evidence = links(form.evidence)
  const wrong = evidence.find((one) => !isLink(one))
  const send = useMutation({
    mutationFn: () =>
      closeSession(
        session.name,
        {
          incident: form.incident.trim(),
          reasonUsed: form.reasonUsed.trim(),
          remarks: form.remarks.trim() || undefined,
          preventiveAction: form.preventiveAction.trim(),
          preventiveOwner: form.preventiveOwner ?? undefined,
          preventiveDue: form.preventiveDue,
          evidence,
        },
        key.current,
      ),
    onSuccess: () => {
      for (const room of ['breakglass', 'follow-ups', 'audit']) void client.invalidateQueries({ queryKey: [room] })
      onClose()
    },
  })
  const says = (...fields: string[]) => fault(send.error, ...fields)
  return (
    <FormDialog as="drawer" opened onClose={onClose} title={`Closure of ${session.name}`} verb="File the closure" onSubmit={() => send.mutate()} busy={send.isPending} error={send.error ?? undefined} refused="The closure was not filed.">
      <p className={classes.dim}>Everything is required but what is called optional.</p>
      <TextInput label="Incident reference" aria-required data-autofocus value={form.incident} error={says('incident')} onChange={(event) => change({ incident: event.currentTarget.value })} />
      <Textarea mt="sm" label="Reason used" aria-required autosize minRows={2} maxRows={8} value={form.reasonUsed} error={says('reasonUsed')} onChange={(event) => change({ reasonUsed: event.currentTarget.value })} />
      <div style={{ marginBlock: 14 }}>
        <Facts
          of={[
            [
              'Actions performed',
              session.actions.length === 0 ? (
                <span key="none">None</span>
              ) : (
                <ul key="actions" style={{ margin: 0, paddingInlineStart: 16 }}>
                  {session.actions.map((one) => (
                    <li key={one.id}>
                      <VisibleText>{performed(one)}</VisibleText> <Time at={one.at} as="clock" />
                    </li>
                  ))}
                </ul>
              ),
            ],
            ['Session closed at', session.endedAt ? <Time key="ended" at={session.endedAt} as="clock" /> : undefined],
          ]}
        />
        <p className={classes.dim}>Both are taken from the log and cannot be changed.</p>
      </div>
      <Textarea label="Remarks (optional)" autosize minRows={2} maxRows={8} value={form.remarks} error={says('remarks')} onChange={(event) => change({ remarks: event.currentTarget.value })} />
      <Textarea
        mt="sm"
        label="Preventive action"
        aria-required
        description="What keeps this from happening again, or why nothing can."
        autosize
        minRows={2}
        maxRows={8}
        value={form.preventiveAction}
        error={says('preventiveAction')}
        onChange={(event) => change({ preventiveAction: event.currentTarget.value })}
      />
      <div style={{ marginTop: 8 }}>
        <ChoosePerson label="Preventive action owner" value={form.preventiveOwner} error={says('preventiveOwner')} onChange={(preventiveOwner) => change({ preventiveOwner })} />
      </div>
      <TextInput mt="sm" type="date" label="Due" aria-required value={form.preventiveDue} error={says('preventiveDue')} onChange={(event) => change({ preventiveDue: event.currentTarget.value })} />
      <Textarea
        mt="sm"
        label="Links to evidence"
        aria-required
        description="One per line: what shows how the incident was closed."
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        value={form.evidence}
        error={says('evidence') ?? (wrong ? `${wrong} is no link; one begins with https:// or http://.` : undefined)}
        onChange={(event) => change({ evidence: event.currentTarget.value })}
      />
    </FormDialog>
  )
}
