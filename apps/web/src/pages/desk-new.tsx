// New meeting: a title, the invitation as it will be sent, then the link.
import { useSignal } from '@preact/signals'
import { TITLE_MAX_LENGTH } from '@runde/contract'
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { api } from '../app/api.ts'
import type { ApiError, Meeting } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { instance } from '../app/instance.ts'
import { t } from '../i18n/i18n.ts'
import { SubmitButton } from '../ui/busy-button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Field } from '../ui/field.tsx'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { DeskFrame } from './desk-frame.tsx'
import { SignInNeeded } from './signin.tsx'

function BackLink(): JSX.Element {
  return (
    <a class="backlink" href="/desk">
      <Icon name="back" size="s" />
      {t().desk.meetings}
    </a>
  )
}

function Done({ meeting }: { meeting: Meeting }): JSX.Element {
  const m = t().deskNew
  const invitation = t().desk.invitation(instance.value?.name ?? '', meeting.title, meeting.link)
  return (
    <>
      <div class="pagehead">
        <div class="stack s2">
          <BackLink />
          <PageHeading class="h-page" always>
            {m.doneHeading}
          </PageHeading>
          <p class="lead">{m.doneLead}</p>
        </div>
      </div>
      <div class="new">
        <div class="stack s6">
          <div class="stack s2">
            <h2 class="label" id="new-link">
              {m.link}
            </h2>
            <fieldset class="linkbox" aria-labelledby="new-link">
              <code data-testid="meeting-link">{meeting.link}</code>
              <CopyButton class="iconbtn" text={meeting.link} label={m.copyLink} />
            </fieldset>
          </div>
          <div class="row">
            <a class="btn primary large" href={`/${meeting.id}`}>
              {m.joinNow}
            </a>
            <a class="btn large" href="/desk">
              {m.toList}
            </a>
          </div>
        </div>
        <Invitation text={invitation} copy />
      </div>
    </>
  )
}

function Invitation({ text, copy }: { text: string; copy: boolean }): JSX.Element {
  const m = t().deskNew
  return (
    <aside class="invite stack" aria-labelledby="new-preview">
      <h2 class="h-group" id="new-preview">
        {m.preview}
      </h2>
      <pre>{text}</pre>
      {copy ? (
        <div class="row tight">
          <CopyButton class="btn" text={text} label={m.copyText}>
            {m.copyText}
          </CopyButton>
        </div>
      ) : null}
    </aside>
  )
}

/** The form, and after creating it the link. */
export function DeskNewPage(): JSX.Element {
  const m = t().deskNew
  useTitle(m.title)
  const title = useSignal('')
  const missing = useSignal(false)
  const failure = useSignal<ApiError | null>(null)
  const busy = useSignal(false)
  const made = useSignal<Meeting | null>(null)
  const account = useSignal('')
  const signedOut = useSignal(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const session = await api.session()
      if (session.ok) account.value = session.value.name
      else if (session.error.status === 401) signedOut.value = true
    }
    void ask()
  }, [])
  const create = async (): Promise<void> => {
    if (busy.value) return
    missing.value = title.value.trim() === ''
    if (missing.value) return field.current?.focus()
    busy.value = true
    failure.value = null
    const result = await api.createMeeting(title.value.trim())
    busy.value = false
    if (result.ok) made.value = result.value
    else if (result.error.status === 401) signedOut.value = true
    else {
      failure.value = result.error
      field.current?.focus()
    }
  }
  if (signedOut.value) return <SignInNeeded error="not_signed_in" />
  if (made.value !== null) {
    return (
      <DeskFrame page="desk" account={account.value}>
        <Done meeting={made.value} />
      </DeskFrame>
    )
  }
  const preview = t().desk.invitation(
    instance.value?.name ?? '',
    title.value.trim() === '' ? m.yourTitle : title.value.trim(),
    m.linkLater,
  )
  return (
    <DeskFrame page="desk" account={account.value}>
      <div class="pagehead">
        <div class="stack s2">
          <BackLink />
          <PageHeading class="h-page">{m.heading}</PageHeading>
        </div>
      </div>
      <div class="new">
        <form
          class="stack s6"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void create()
          }}
        >
          <Field
            label={m.field}
            hint={m.hint}
            value={title.value}
            onInput={(value) => {
              title.value = value
              missing.value = false
            }}
            error={missing.value ? m.missing : failure.value === null ? null : errorText(failure.value)}
            testid="meeting-title"
            inputRef={field}
            input={{ maxLength: TITLE_MAX_LENGTH, autocomplete: 'off' }}
          />
          <div class="row">
            <SubmitButton label={m.create} busyLabel={m.creating} busy={busy.value} testid="meeting-create" />
            <a class="btn quiet large" href="/desk">
              {t().app.cancel}
            </a>
          </div>
        </form>
        <Invitation text={preview} copy={false} />
      </div>
    </DeskFrame>
  )
}
