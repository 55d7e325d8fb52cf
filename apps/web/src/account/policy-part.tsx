// Whether everybody needs a second factor: its state, what it means, and what it changes before it is switched.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiError, ApiResult } from '../app/api.ts'
import { may } from '../app/me.ts'
import { type ForeseenChange, approvalsApi } from '../dossier/approvals-api.ts'
import { ForeseenChanges } from '../dossier/look-ahead.tsx'
import { lang, t } from '../i18n/i18n.ts'
import { Dialog } from '../ui/dialog.tsx'
import { say } from '../ui/live.ts'
import { type Policy, accountApi } from './account-api.ts'
import { Failure, Part } from './parts.tsx'
import { a } from './text.ts'
import '../styles/dossier-all.css'

/** The fact of the documents that this setting is. */
const FACT = 'feature.secondFactor'

/** The section of the page of people. */
export function PolicyPart(): JSX.Element | null {
  const m = a().policy
  const policy = useSignal<Policy | null>(null)
  const failure = useSignal<ApiError | null>(null)
  const asking = useSignal(false)
  const load = async (): Promise<void> => {
    const result = await accountApi.policy()
    if (result.ok) policy.value = result.value
    else failure.value = result.error
  }
  useEffect(() => void load(), [])
  const known = policy.value
  if (known === null) return <Failure error={failure.value} />
  const on = known.secondFactorForAll
  const set = async (): Promise<void> => {
    asking.value = false
    const result: ApiResult<null> = await accountApi.setPolicy(!on)
    failure.value = result.ok ? null : result.error
    if (result.ok) say(on ? m.doneOff : m.doneOn)
    await load()
  }
  return (
    <Part id="policy" heading={m.heading}>
      <p>
        <b data-testid="policy-state" data-on={on}>
          {on ? m.on : m.off}
        </b>{' '}
        {m.ready(known.withPasskey, known.accounts)}
      </p>
      <p class="soft">{m.lead}</p>
      <p class="soft">{m.back}</p>
      <Failure error={failure.value} />
      {failure.value?.code === 'second_factor_first' ? (
        <p>
          <a href="/desk/account">{m.firstAct}</a>
        </p>
      ) : null}
      {may('account-policy-set') ? (
        <div class="row">
          <button type="button" class="btn" data-testid="policy-switch" onClick={() => (asking.value = true)}>
            {on ? m.switchOff : m.switchOn}
          </button>
        </div>
      ) : null}
      {asking.value ? <Ask on={on} onYes={set} onClose={() => (asking.value = false)} /> : null}
    </Part>
  )
}

function Ask(props: { on: boolean; onYes: () => Promise<void>; onClose: () => void }): JSX.Element {
  const m = a().policy
  const changes = useSignal<readonly ForeseenChange[]>([])
  useEffect(() => {
    const load = async (): Promise<void> => {
      const value = props.on ? 'optional' : 'required'
      const result = await approvalsApi.preview(FACT, { value }, lang.value)
      if (result.ok) changes.value = result.value.changes
    }
    void load()
  }, [])
  return (
    <Dialog heading={props.on ? m.askOff : m.askOn} onClose={props.onClose}>
      <div class="stack s6">
        <p class="soft">{props.on ? m.askOffLead : m.askOnLead}</p>
        {changes.value.length === 0 ? null : (
          <div class="stack s2" data-testid="policy-changes">
            <h3 class="h-group">{m.documents}</h3>
            <ForeseenChanges changes={changes.value} />
          </div>
        )}
        <div class="row">
          <button
            type="button"
            class="btn primary large"
            data-testid="policy-yes"
            onClick={() => void props.onYes()}
          >
            {props.on ? m.switchOff : m.switchOn}
          </button>
          <button type="button" class="btn quiet large" onClick={props.onClose}>
            {t().app.cancel}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
