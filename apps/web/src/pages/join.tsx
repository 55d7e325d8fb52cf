// Join page: what the meeting is, how one looks and sounds, the name, one button. Nothing is asked for before a press.
import { useSignal } from '@preact/signals'
import { NAME_MAX_LENGTH } from '@runde/contract'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { instance } from '../app/instance.ts'
import { loadShortNotice, shortNotice } from '../app/short-notice.ts'
import { recall, remember } from '../app/storage.ts'
import { Preview } from '../devices/preview.ts'
import { lang, t } from '../i18n/i18n.ts'
import type { Entry } from '../meeting/visit.ts'
import { SubmitButton } from '../ui/busy-button.tsx'
import { Field, FieldError } from '../ui/field.tsx'
import { useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { Shell } from '../ui/shell.tsx'
import { PreviewPane } from './join-preview.tsx'
import { PermissionPage } from './permission.tsx'

// A narrower screen would open its keyboard over the preview when the field gets the focus.
const WIDE = '(min-width: 36.01rem)'

/** What the join page needs. */
export interface JoinProps {
  readonly title: string
  readonly present: number
  readonly busy: boolean
  readonly error: ApiError | null
  readonly onJoin: (entry: Entry) => void
  /** The page is usable: the rest may load now. */
  readonly onReady: () => void
}

function Facts(): JSX.Element {
  const m = t().join
  const current = lang.value
  useEffect(() => {
    // In the first language it was fetched before this page.
    if (shortNotice.value?.lang !== current) void loadShortNotice(current)
  }, [current])
  const notice = shortNotice.value
  return (
    <ul class="facts" aria-label={m.factsTitle} data-testid="join-facts">
      {(notice?.lines ?? []).map(({ icon, text }) => (
        <li key={text}>
          <Icon name={icon} size="xs" />
          <span>{text}</span>
        </li>
      ))}
      {notice === null || notice.controller === '' ? null : (
        <li>
          <Icon name="scale" size="xs" />
          <span>{m.responsible(notice.controller)}</span>
        </li>
      )}
      <li>
        <Icon name="file" size="xs" />
        {/* A tab of its own: reading must not cost the name that was typed and the preview. */}
        <a class="inline-tap" href="/datenschutz" target="_blank" data-testid="join-notice">
          {m.fullNotice}
          <span class="vh">{m.newTab}</span>
        </a>
      </li>
    </ul>
  )
}

function withWhat(preview: Preview): string {
  const m = t().join
  const mic = preview.mic.track.value !== null
  const cam = preview.cam.track.value !== null
  if (mic && cam) return m.withBoth
  if (mic) return m.withMic
  return cam ? m.withCam : m.withNone
}

function usePreview(): Preview {
  const preview = useMemo(() => new Preview(), [])
  useEffect(() => {
    preview.start()
    return () => preview.stop()
  }, [preview])
  return preview
}

/** The join page. */
export function JoinPage(props: JoinProps): JSX.Element {
  const m = t().join
  useTitle(props.title)
  const preview = usePreview()
  const stored = useMemo(() => recall('runde.name'), [])
  const name = useSignal(stored ?? '')
  const keep = useSignal(stored !== null)
  const heading = useRef<HTMLHeadingElement>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (matchMedia(WIDE).matches && name.value === '') field.current?.focus()
    else heading.current?.focus({ preventScroll: true })
    const timer = setTimeout(props.onReady, 200)
    return () => clearTimeout(timer)
  }, [])
  const join = (): void => {
    if (props.busy) return
    remember('runde.name', keep.value && name.value.trim() !== '' ? name.value.trim() : null)
    props.onJoin({ name: name.value.trim(), choice: preview.choice(), tracks: preview.take() })
  }
  const problem = preview.trouble.value
  const hadProblem = useRef(false)
  useEffect(() => {
    // Back from the page about a device: the focus must not stay on nothing.
    if (problem === null && hadProblem.current) heading.current?.focus()
    hadProblem.current = problem !== null
  }, [problem])
  if (problem !== null) {
    return (
      <PermissionPage
        problem={problem}
        onRetry={(kind) => void preview.toggle(kind)}
        onBack={() => (preview.trouble.value = null)}
        onJoinWithout={() => {
          preview.trouble.value = null
          join()
        }}
      />
    )
  }
  const inviter = instance.value?.name ?? ''
  const error = props.error
  return (
    <Shell main="centre join-main">
      <div class="join">
        <div class="title stack s2">
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          <p class="soft t-m">
            {inviter === '' ? '' : `${m.invites(inviter)} `}
            {props.present === 0 ? m.nobody : m.present(props.present)}
          </p>
        </div>
        <PreviewPane preview={preview} />
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            join()
          }}
        >
          <Field
            label={m.name}
            optional={m.optional}
            hint={m.nameHint}
            value={name.value}
            onInput={(value) => (name.value = value)}
            error={error?.field === 'name' ? errorText(error) : null}
            testid="join-name"
            inputRef={field}
            input={{
              autocomplete: 'name',
              placeholder: m.guest,
              maxLength: NAME_MAX_LENGTH,
              readOnly: props.busy,
            }}
          />
          <label class="switch">
            <b>{m.remember}</b>
            <input
              type="checkbox"
              role="switch"
              aria-checked={keep.value}
              checked={keep.value}
              data-testid="join-remember"
              onChange={(event) => (keep.value = event.currentTarget.checked)}
            />
          </label>
          <Facts />
          {error === null || error.field === 'name' ? null : (
            <div class="field" role="alert" data-testid="join-error">
              <FieldError>
                {error.code === 'network' ? `${m.failed} ${errorText(error)}` : errorText(error)}
              </FieldError>
            </div>
          )}
          <div class="stack s2">
            <SubmitButton
              class="wide"
              label={m.submit}
              busyLabel={m.busy}
              busy={props.busy}
              testid="join-submit"
            />
            <p class="after">{withWhat(preview)}</p>
          </div>
        </form>
      </div>
    </Shell>
  )
}
