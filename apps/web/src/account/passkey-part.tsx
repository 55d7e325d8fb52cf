// The passkeys of one's own account: make one, remove one.
import { useSignal } from '@preact/signals'
import { NAME_MAX_LENGTH } from '@runde/contract'
import type { JSX } from 'preact'
import { day } from '../i18n/i18n.ts'
import { SubmitButton } from '../ui/busy-button.tsx'
import { Field } from '../ui/field.tsx'
import { type Passkey, accountApi } from './account-api.ts'
import type { PartProps } from './own-page.tsx'
import { Part } from './parts.tsx'
import { createPasskey, passkeysWork } from './passkeys.ts'
import { a } from './text.ts'

function used({ createdAt, usedOn }: Passkey): string {
  const m = a().own
  const last = usedOn === '' ? m.neverUsed : m.usedOn(day(new Date(usedOn)))
  return `${m.since(day(new Date(createdAt)))}, ${last}`
}

/** The list and the form for a new one. */
export function PasskeyPart({ account, act }: PartProps): JSX.Element {
  const m = a().own
  return (
    <Part id="passkeys" heading={m.passkeysHeading}>
      <p class="soft">{m.passkeysLead}</p>
      {account.passkeys.length === 0 ? null : (
        <ul class="entries">
          {account.passkeys.map((passkey) => (
            <li key={passkey.id} data-testid="passkey-row">
              <div>
                <b>{passkey.label}</b>
                <p class="faint t-m">{used(passkey)}</p>
              </div>
              <button
                type="button"
                class="btn quiet"
                aria-label={m.passkeyRemove(passkey.label)}
                data-testid="passkey-remove"
                onClick={() => void act(() => accountApi.removePasskey(passkey.id), m.passkeyRemoved)}
              >
                {m.remove}
              </button>
            </li>
          ))}
        </ul>
      )}
      {passkeysWork() ? <NewPasskey act={act} /> : <p>{m.passkeysUnsupported}</p>}
    </Part>
  )
}

function NewPasskey({ act }: Pick<PartProps, 'act'>): JSX.Element {
  const m = a().own
  const label = useSignal('')
  const declined = useSignal(false)
  const busy = useSignal(false)
  const add = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    declined.value = false
    const done = await act(async () => {
      const options = await accountApi.passkeyOptions()
      if (!options.ok) return options
      const credential = await createPasskey(options.value)
      // Nothing went wrong on the server: the form says it, not the page.
      declined.value = credential === null
      if (credential === null) return { ok: true, value: null }
      return await accountApi.addPasskey(label.value, credential)
    }, m.passkeyAdded)
    busy.value = false
    if (done && !declined.value) label.value = ''
  }
  return (
    <form
      class="stack s4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <Field
        label={m.passkeyLabel}
        hint={m.passkeyLabelHint}
        value={label.value}
        onInput={(value) => (label.value = value)}
        error={declined.value ? a().signIn.passkeyFailed : null}
        testid="passkey-label"
        input={{ maxLength: NAME_MAX_LENGTH, autocomplete: 'off' }}
      />
      <div class="row">
        <SubmitButton label={m.passkeyAdd} busyLabel={m.saving} busy={busy.value} testid="passkey-add" />
      </div>
    </form>
  )
}
