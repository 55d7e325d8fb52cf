// Reading links for authorities: make one that ends by itself, see it once, list those that hold, withdraw them.
import { useSignal } from '@preact/signals'
import { TITLE_MAX_LENGTH } from '@runde/contract'
import { useEffect, useId } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { may } from '../app/me.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Field, FieldError } from '../ui/field.tsx'
import { say } from '../ui/live.ts'
import { dayText } from './approval-looks.tsx'
import { type ReadingLink, approvalsApi } from './approvals-api.ts'
import { d } from './text.ts'

/** Lengths to choose from, in days; the server allows up to 90. */
const DAYS = [7, 14, 30, 90] as const

/** The section of the page of approvals. */
export function ReadingLinks(): JSX.Element {
  const m = d().approval
  const links = useSignal<readonly ReadingLink[]>([])
  const failure = useSignal<ApiError | null>(null)
  const load = async (): Promise<void> => {
    const result = await approvalsApi.links()
    if (result.ok) links.value = result.value.links
    else failure.value = result.error
  }
  const withdraw = async (id: string): Promise<void> => {
    const result = await approvalsApi.withdrawLink(id)
    failure.value = result.ok ? null : result.error
    if (result.ok) say(m.linkWithdrawn)
    await load()
  }
  useEffect(() => void load(), [])
  return (
    <section class="stack s4" aria-labelledby="reading-links" data-testid="reading-links">
      <div class="stack s2">
        <h2 class="h-sect" id="reading-links">
          {m.links}
        </h2>
        <p class="soft measure">{m.linksLead}</p>
      </div>
      {failure.value === null || failure.value.field !== null ? null : (
        <div class="field" role="alert">
          <FieldError>{errorText(failure.value)}</FieldError>
        </div>
      )}
      {links.value.length === 0 ? (
        <p class="soft t-m">{m.linksNone}</p>
      ) : (
        <ul class="lines">
          {links.value.map((link) => (
            <li key={link.id} data-testid="reading-link-row">
              <div>
                <b>{link.note}</b>
                <p class="faint t-m">
                  {m.linkMadeOn(dayText(link.createdAt))}, {m.linkUntil(dayText(link.expiresAt))}
                </p>
              </div>
              {may('authority-link-withdraw') ? (
                <button
                  type="button"
                  class="btn quiet"
                  aria-label={m.linkWithdrawOf(link.note)}
                  data-testid="reading-link-withdraw"
                  onClick={() => void withdraw(link.id)}
                >
                  {m.linkWithdraw}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {may('authority-link-make') ? <NewLink onMade={load} /> : null}
    </section>
  )
}

function NewLink({ onMade }: { onMade: () => Promise<void> }): JSX.Element {
  const m = d().approval
  const id = useId()
  const note = useSignal('')
  const days = useSignal(30)
  const link = useSignal('')
  const failure = useSignal<ApiError | null>(null)
  const make = async (): Promise<void> => {
    link.value = ''
    const result = await approvalsApi.makeLink(note.value, days.value)
    failure.value = result.ok ? null : result.error
    if (!result.ok) return
    link.value = result.value.link
    note.value = ''
    say(m.linkMade)
    await onMade()
  }
  const error = failure.value
  return (
    <form
      class="stack s4 narrowform"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <div class="pair">
        <Field
          label={m.linkNote}
          hint={m.linkNoteHint}
          value={note.value}
          onInput={(value) => (note.value = value)}
          error={error === null ? null : errorText(error)}
          testid="reading-link-note"
          input={{ maxLength: TITLE_MAX_LENGTH, autocomplete: 'off' }}
        />
        <div class="field">
          <label for={`${id}-days`}>{m.linkDays}</label>
          <select
            class="input"
            id={`${id}-days`}
            data-testid="reading-link-days"
            value={String(days.value)}
            onChange={(event) => (days.value = Number(event.currentTarget.value))}
          >
            {DAYS.map((count) => (
              <option key={count} value={String(count)}>
                {m.days(count)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div class="row">
        <button type="submit" class="btn" data-testid="reading-link-make">
          {m.linkMake}
        </button>
      </div>
      {link.value === '' ? null : (
        <div class="stack s2">
          <fieldset class="linkbox" aria-label={m.links}>
            <code class="mono" data-testid="reading-link">
              {link.value}
            </code>
            <CopyButton text={link.value} label={m.linkCopy} class="iconbtn" />
          </fieldset>
          <p class="faint t-m">{m.linkOnce}</p>
        </div>
      )}
    </form>
  )
}
