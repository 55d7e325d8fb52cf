// The two ways of signing in that need no link: a passkey, or name and password, with a passkey behind it if the account asks.
import { useSignal } from '@preact/signals'
import type { Role } from '@runde/contract'
import type { JSX } from 'preact'
import { type ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { SubmitButton } from '../ui/busy-button.tsx'
import { Field, FieldError } from '../ui/field.tsx'
import { accountApi, homeOf } from './account-api.ts'
import { askPasskey, passkeysWork } from './passkeys.ts'
import { a } from './text.ts'

/** Goes on to where the person wanted to go. A full load, so that no page keeps what it knew without signing in. */
function enter(roles: readonly Role[]): void {
  location.assign(location.pathname === '/signin' ? homeOf(roles) : location.pathname)
}

/** Button and form; on success the page is left. */
export function SignInWays(): JSX.Element {
  const m = a().signIn
  const trouble = useSignal<string | null>(null)
  /** Options of the passkey that has to follow the password. */
  const second = useSignal<object | null>(null)
  const fail = (error: ApiError): void => {
    trouble.value = errorText(error)
  }
  const withPasskey = async (options: object): Promise<void> => {
    const credential = await askPasskey(options)
    if (credential === null) {
      trouble.value = a().signIn.passkeyFailed
      return
    }
    const result = await accountApi.passkeySignIn(credential)
    if (result.ok) enter(result.value)
    else {
      second.value = null
      fail(result.error)
    }
  }
  const begin = async (): Promise<void> => {
    trouble.value = null
    const options = await accountApi.passkeySignInOptions()
    if (options.ok) await withPasskey(options.value)
    else fail(options.error)
  }
  const withPassword = async (name: string, password: string): Promise<void> => {
    trouble.value = null
    const result = await accountApi.passwordSignIn(name, password)
    if (!result.ok) fail(result.error)
    else if ('roles' in result.value) enter(result.value.roles)
    else {
      second.value = result.value.options
      await withPasskey(result.value.options)
    }
  }
  const options = second.value
  return (
    <div class="stack s6 wide" data-testid="sign-in-ways">
      {trouble.value === null ? null : (
        <div class="field" role="alert" data-testid="sign-in-error">
          <FieldError>{trouble.value}</FieldError>
        </div>
      )}
      {options === null ? (
        <>
          {passkeysWork() ? <PasskeyButton onPress={begin} /> : null}
          <PasswordForm onSubmit={withPassword} />
          <p class="faint">{m.orLink}</p>
        </>
      ) : (
        <div class="stack s2">
          <p>{m.confirmLead}</p>
          <button
            type="button"
            class="btn primary large"
            data-testid="sign-in-confirm"
            onClick={() => void withPasskey(options)}
          >
            {m.confirm}
          </button>
        </div>
      )}
    </div>
  )
}

function PasskeyButton({ onPress }: { onPress: () => Promise<void> }): JSX.Element {
  const m = a().signIn
  return (
    <div class="stack s2">
      <button
        type="button"
        class="btn primary large"
        data-testid="sign-in-passkey"
        onClick={() => void onPress()}
      >
        {m.passkey}
      </button>
      <p class="faint t-m">{m.passkeyHint}</p>
      <p class="faint">{m.or}</p>
    </div>
  )
}

function PasswordForm({
  onSubmit,
}: {
  onSubmit: (name: string, password: string) => Promise<void>
}): JSX.Element {
  const m = a().signIn
  const name = useSignal('')
  const password = useSignal('')
  const busy = useSignal(false)
  const submit = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    await onSubmit(name.value, password.value)
    busy.value = false
  }
  return (
    <form
      class="stack s4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Field
        label={m.name}
        value={name.value}
        onInput={(value) => (name.value = value)}
        testid="sign-in-name"
        input={{ autocomplete: 'username', autocapitalize: 'none', spellcheck: false }}
      />
      <Field
        label={m.password}
        value={password.value}
        onInput={(value) => (password.value = value)}
        testid="sign-in-password"
        input={{ type: 'password', autocomplete: 'current-password' }}
      />
      <div class="row">
        <SubmitButton label={m.submit} busyLabel={m.busy} busy={busy.value} testid="sign-in-submit" />
      </div>
    </form>
  )
}
