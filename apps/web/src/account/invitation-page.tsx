// Takes an invitation: the invited person gives the name of the account, and is signed in.
import { useSignal } from '@preact/signals'
import { NAME_MAX_LENGTH } from '@runde/contract'
import type { JSX } from 'preact'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { t } from '../i18n/i18n.ts'
import { SubmitButton } from '../ui/busy-button.tsx'
import { Field, FieldError } from '../ui/field.tsx'
import { MessagePage } from '../ui/message-page.tsx'
import { accountApi } from './account-api.ts'
import { a } from './text.ts'

/** The page; `token` comes from the fragment of the link. */
export function InvitationPage({ token }: { token: string }): JSX.Element {
  const m = a().invitation
  const name = useSignal('')
  const failure = useSignal<ApiError | null>(null)
  const busy = useSignal(false)
  const accept = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    const result = await accountApi.accept(token, name.value)
    busy.value = false
    // A full load: whatever another account knew in this browser is gone.
    if (result.ok) location.assign('/desk/account')
    else failure.value = result.error
  }
  const error = failure.value
  if (token === '' || error?.code === 'invitation_invalid') {
    return (
      <MessagePage title={m.title} heading={m.invalidHeading} lead={m.invalidLead} error="invitation_invalid">
        <a class="btn large" href="/">
          {t().app.toStart}
        </a>
      </MessagePage>
    )
  }
  return (
    <MessagePage title={m.title} heading={m.heading} lead={m.lead} error="none">
      <form
        class="stack s6 wide"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void accept()
        }}
      >
        <Field
          label={m.name}
          hint={m.nameHint}
          value={name.value}
          onInput={(value) => (name.value = value)}
          error={error?.field === 'name' ? errorText(error) : null}
          testid="invitation-name"
          input={{ autocomplete: 'name', maxLength: NAME_MAX_LENGTH, required: true }}
        />
        {error === null || error.field === 'name' ? null : (
          <div class="field" role="alert">
            <FieldError>{errorText(error)}</FieldError>
          </div>
        )}
        <div class="row">
          <SubmitButton label={m.submit} busyLabel={m.busy} busy={busy.value} testid="invitation-submit" />
        </div>
      </form>
    </MessagePage>
  )
}
