// Set-up: the one-time link from the console makes the first organiser and names the server.
import { useSignal } from '@preact/signals'
import { NAME_MAX_LENGTH } from '@runde/contract'
import { useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { api } from '../app/api.ts'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { loadInstance } from '../app/instance.ts'
import { go } from '../app/router.ts'
import { t } from '../i18n/i18n.ts'
import { SubmitButton } from '../ui/busy-button.tsx'
import { Field, FieldError } from '../ui/field.tsx'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { Shell } from '../ui/shell.tsx'
import { Command } from './signin.tsx'
import { MessagePage } from '../ui/message-page.tsx'

function Invalid({ missing }: { missing: boolean }): JSX.Element {
  const m = t().setup
  return (
    <MessagePage
      title={m.title}
      heading={missing ? m.missingHeading : m.invalidHeading}
      lead={missing ? m.missingLead : m.invalidLead}
      error={missing ? 'setup_link_missing' : 'setup_link_invalid'}
    >
      <div class="stack s2 wide">
        <p>{m.invalidHow}</p>
        <Command />
      </div>
      <a class="btn large" href="/">
        {t().app.toStart}
      </a>
    </MessagePage>
  )
}

function Preview({ organisation }: { organisation: string }): JSX.Element {
  const m = t().setup
  return (
    <aside class="stack s2" aria-labelledby="setup-preview">
      <h2 class="h-group" id="setup-preview">
        {m.previewTitle}
      </h2>
      <div class="mini" aria-hidden="true">
        <div class="pic">
          <Icon name="cam-off" />
        </div>
        <div class="body">
          <b class="read">{m.previewMeeting}</b>
          <span class="faint">
            <mark>{organisation === '' ? m.previewNobody : organisation}</mark> {m.previewInvites}
          </span>
          <div class="ln" />
          <div class="bar" />
        </div>
      </div>
      <p class="faint t-s">{m.previewNote}</p>
    </aside>
  )
}

/** Set-up page. `token` comes from the fragment of the link. */
export function SetupPage({ token }: { token: string }): JSX.Element {
  const m = t().setup
  useTitle(m.title)
  const name = useSignal('')
  const organisation = useSignal('')
  const nameMissing = useSignal(false)
  const failure = useSignal<ApiError | null>(null)
  const busy = useSignal(false)
  const nameField = useRef<HTMLInputElement>(null)
  const submit = async (): Promise<void> => {
    if (busy.value) return
    nameMissing.value = name.value.trim() === ''
    if (nameMissing.value) {
      nameField.current?.focus()
      return
    }
    busy.value = true
    failure.value = null
    const result = await api.setUp(token, name.value.trim(), organisation.value.trim())
    busy.value = false
    if (result.ok) {
      void loadInstance()
      go('/desk', true)
    } else {
      failure.value = result.error
      if (result.error.field === 'name') nameField.current?.focus()
    }
  }
  if (token === '' || failure.value?.code === 'setup_link_invalid') return <Invalid missing={token === ''} />
  const error = failure.value
  const nameError = nameMissing.value ? m.nameMissing : error?.field === 'name' ? errorText(error) : null
  return (
    <Shell>
      <div class="setup">
        <form
          class="stack s8"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <div class="stack s2">
            <PageHeading class="h-page">{m.heading}</PageHeading>
            <p class="lead">{m.lead}</p>
          </div>
          <Field
            label={m.name}
            hint={m.nameHint}
            value={name.value}
            onInput={(value) => {
              name.value = value
              nameMissing.value = false
            }}
            error={nameError}
            testid="setup-name"
            inputRef={nameField}
            input={{ autocomplete: 'name', maxLength: NAME_MAX_LENGTH, required: true }}
          />
          <Field
            label={m.instance}
            optional={m.optional}
            hint={m.instanceHint}
            value={organisation.value}
            onInput={(value) => (organisation.value = value)}
            error={error?.field === 'instanceName' ? errorText(error) : null}
            testid="setup-instance"
            input={{ autocomplete: 'organization', maxLength: NAME_MAX_LENGTH }}
          />
          {error !== null && error.field === null ? (
            <div class="field" role="alert">
              <FieldError>{errorText(error)}</FieldError>
            </div>
          ) : null}
          <div class="formfoot">
            <SubmitButton label={m.submit} busyLabel={m.busy} busy={busy.value} testid="setup-submit" />
          </div>
        </form>
        <Preview organisation={organisation.value.trim()} />
      </div>
    </Shell>
  )
}
