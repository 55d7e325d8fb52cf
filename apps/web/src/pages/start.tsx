// Start page: one field for a code or link, and the way to invite others.
import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { api } from '../app/api.ts'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { instance } from '../app/instance.ts'
import { readCode } from '../app/meeting-code.ts'
import type { CodeInput } from '../app/meeting-code.ts'
import { go } from '../app/router.ts'
import { t } from '../i18n/i18n.ts'
import { Field } from '../ui/field.tsx'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { Ring } from '../ui/ring.tsx'
import { Shell } from '../ui/shell.tsx'
import { never } from '../app/never.ts'

/** Why the field is marked: the shape of the input, or an answer of the server. */
type Trouble =
  | Exclude<CodeInput, { kind: 'code' }>
  | { readonly kind: 'unknown' }
  | { readonly kind: 'server'; readonly error: ApiError }

function troubleText(trouble: Trouble): string {
  const m = t().start
  switch (trouble.kind) {
    case 'empty':
      return m.codeEmpty
    case 'shape':
      return m.codeShape
    case 'elsewhere':
      return m.codeElsewhere(trouble.host)
    case 'unknown':
      return m.codeUnknown
    case 'server':
      return errorText(trouble.error)
  }
  return never(trouble)
}

function CodeForm(): JSX.Element {
  const m = t().start
  const typed = useSignal('')
  const trouble = useSignal<Trouble | null>(null)
  const busy = useSignal(false)
  const field = useRef<HTMLInputElement>(null)
  const fail = (why: Trouble): void => {
    trouble.value = why
    field.current?.focus()
  }
  const submit = async (): Promise<void> => {
    if (busy.value) return
    const code = readCode(typed.value, location.host)
    if (code.kind !== 'code') return fail(code)
    busy.value = true
    const found = await api.publicMeeting(code.id)
    busy.value = false
    if (found.ok) go(`/${code.id}${code.fragment}`)
    else
      fail(
        found.error.code === 'meeting_not_found'
          ? { kind: 'unknown' }
          : { kind: 'server', error: found.error },
      )
  }
  return (
    <form
      class="enter"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Field
        label={m.code}
        value={typed.value}
        onInput={(value) => {
          typed.value = value
          trouble.value = null
        }}
        error={trouble.value === null ? null : troubleText(trouble.value)}
        testid="start-code"
        inputRef={field}
        input={{
          autocomplete: 'off',
          autocapitalize: 'none',
          spellcheck: false,
          placeholder: 'abc-defg-hij',
          enterkeyhint: 'go',
        }}
      />
      <button
        type="submit"
        class="btn primary large"
        data-testid="start-go"
        aria-disabled={busy.value ? true : undefined}
      >
        {m.go}
      </button>
    </form>
  )
}

/** Start page. */
export function StartPage(): JSX.Element {
  const m = t().start
  useTitle(m.title)
  return (
    <Shell
      main="centre"
      actions={
        <a class="btn quiet" href="/desk">
          {m.signIn}
        </a>
      }
    >
      <div class="start">
        <div class="stack s6">
          <PageHeading>
            {m.headingA}
            <br />
            {m.headingB}
          </PageHeading>
          <p class="lead">{m.lead}</p>
          {instance.value?.setUp === false ? (
            <div class="note warn" role="note">
              <Icon name="info" size="s" />
              <b>{m.notSetUp}</b>
              <span>{m.notSetUpHow}</span>
            </div>
          ) : null}
          <CodeForm />
          <p class="soft t-m">
            {m.inviteQuestion}{' '}
            <a class="inline-tap" href="/desk/new">
              {m.invite}
            </a>
            <br />
            {m.auditQuestion}{' '}
            <a class="inline-tap" href="/jitsi" data-testid="start-jitsi">
              {m.audit}
            </a>
          </p>
        </div>
        <figure>
          <Ring label={m.ring} free={m.seat} />
        </figure>
      </div>
    </Shell>
  )
}
