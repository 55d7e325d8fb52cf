// The password of one's own account: set, change, remove.
import { useSignal } from '@preact/signals'
import { PASSWORD_MAX_LENGTH } from '@runde/contract'
import type { JSX } from 'preact'
import { day } from '../i18n/i18n.ts'
import { SubmitButton } from '../ui/busy-button.tsx'
import { Field } from '../ui/field.tsx'
import { accountApi } from './account-api.ts'
import type { PartProps } from './own-page.tsx'
import { Part } from './parts.tsx'
import { a } from './text.ts'

/** State, form, and the way back. */
export function PasswordPart({ account, act }: PartProps): JSX.Element {
  const m = a().own
  const current = useSignal('')
  const next = useSignal('')
  const busy = useSignal(false)
  const has = account.passwordSince !== ''
  const save = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    const done = await act(() => accountApi.setPassword(next.value, current.value), m.passwordSaved)
    busy.value = false
    if (done) current.value = next.value = ''
  }
  return (
    <Part id="password" heading={m.passwordHeading}>
      <p>{has ? m.passwordSince(day(new Date(account.passwordSince))) : m.passwordNone}</p>
      <form
        class="stack s4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {/* Password managers keep the password under this name. */}
        <input type="hidden" name="username" autocomplete="username" value={account.name} />
        {has ? (
          <Field
            label={m.current}
            value={current.value}
            onInput={(value) => (current.value = value)}
            testid="password-current"
            input={{ type: 'password', autocomplete: 'current-password' }}
          />
        ) : null}
        <Field
          label={m.next}
          hint={m.nextHint}
          value={next.value}
          onInput={(value) => (next.value = value)}
          testid="password-next"
          input={{ type: 'password', autocomplete: 'new-password', maxLength: PASSWORD_MAX_LENGTH }}
        />
        <div class="row">
          <SubmitButton
            label={has ? m.passwordChange : m.passwordSet}
            busyLabel={m.saving}
            busy={busy.value}
            testid="password-save"
          />
          {has ? (
            <button
              type="button"
              class="btn quiet large"
              data-testid="password-remove"
              onClick={() => void act(() => accountApi.removePassword(), m.passwordRemoved)}
            >
              {m.passwordRemove}
            </button>
          ) : null}
        </div>
      </form>
    </Part>
  )
}
