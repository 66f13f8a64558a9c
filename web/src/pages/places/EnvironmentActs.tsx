import { useEffect, useState } from 'react'
import { api, type Schemas } from '~/api/client'
import { Held } from '~/parts/Held'
import { useOwnAct } from '~/parts/ownAct'
import { Reason, reasonHeader } from '~/parts/Reason'
import { Confirm } from '~/ui/Confirm'
import { fault } from '~/ui/fault'
import { FormDialog } from '~/ui/FormDialog'
import { EditEnvironment, type EditWish } from './EnvironmentForm'

export type EnvironmentAct = 'freeze' | 'edit' | 'remove'

interface EnvironmentActsProps {
  environment: Schemas['ThingViewsEnvironmentView']
  /** Which dialog is open. */
  act: EnvironmentAct | undefined
  onClose: () => void
}

/** What is done to one environment, each behind its own gate, and what of it waits for approval. */
export function EnvironmentActs({ environment, act, onClose }: EnvironmentActsProps) {
  const [reason, setReason] = useState('')
  const path = { environment: environment.id }
  const touches = ['places', 'findings']
  const freeze = useOwnAct<{ reason: string; freeze: boolean }>({
    name: `freeze-${environment.id}`,
    touches,
    onSent: onClose,
    act: (wish) =>
      wish.freeze
        ? api.POST('/api/v1/environments/{environment}/freeze', { params: { path }, body: { reason: wish.reason } })
        : api.POST('/api/v1/environments/{environment}/unfreeze', { params: { path }, body: wish.reason.trim() ? { reason: wish.reason } : {} }),
  })
  const edit = useOwnAct<EditWish>({
    name: `environment-edit-${environment.id}`,
    touches,
    onSent: onClose,
    act: (wish) =>
      api.PATCH('/api/v1/environments/{environment}', { params: { path }, headers: { 'If-Match': `"${wish.version}"`, ...reasonHeader(wish.reason) }, body: wish.body }),
  })
  const remove = useOwnAct<{ reason: string }>({
    name: `environment-remove-${environment.id}`,
    touches,
    onSent: onClose,
    act: (wish) => api.DELETE('/api/v1/environments/{environment}', { params: { path }, headers: reasonHeader(wish.reason) }),
  })
  useEffect(() => {
    if (act === undefined) return
    setReason('')
    freeze.reset()
    remove.reset()
    // Anew for each dialog.
  }, [act])
  return (
    <>
      {freeze.held || edit.held || remove.held ? (
        <div style={{ padding: '0 14px' }}>
          <Held act={freeze} what={`${freeze.held?.wish.freeze ? 'Freeze' : 'Unfreeze'} ${environment.path}`} />
          <Held act={edit} what={`Change ${environment.path}`} />
          <Held act={remove} what={`Remove ${environment.path}`} />
        </div>
      ) : null}
      <FormDialog
        opened={act === 'freeze'}
        onClose={onClose}
        title={environment.frozen ? `Unfreeze ${environment.path}?` : `Freeze ${environment.path}?`}
        verb={environment.frozen ? 'Unfreeze' : 'Freeze'}
        onSubmit={() => freeze.run({ reason, freeze: !environment.frozen })}
        busy={freeze.busy}
        error={freeze.error}
        refused="Nothing was changed."
      >
        {environment.frozen ? 'Deployments are possible again, as far as policies allow them.' : 'Nothing is deployed to it until somebody unfreezes it; what waits for approval is not executed.'}
        <Reason value={reason} onChange={setReason} label={environment.frozen ? 'Why (optional)' : 'Why'} required={!environment.frozen} error={fault(freeze.error, 'reason')} />
      </FormDialog>
      <EditEnvironment environment={environment} opened={act === 'edit'} onClose={onClose} act={edit} />
      <Confirm
        opened={act === 'remove'}
        onClose={onClose}
        title={`Remove ${environment.path}?`}
        verb="Remove"
        tone="bad"
        typed={{ text: environment.name, label: 'The environment’s name' }}
        onConfirm={() => remove.run({ reason })}
        busy={remove.busy}
        error={remove.error}
      >
        Where policies apply to it ends. Requests and the audit log stay. This cannot be undone.
        <Reason value={reason} onChange={setReason} />
      </Confirm>
    </>
  )
}
