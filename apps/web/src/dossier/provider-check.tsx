// The check of one provider: the eight clauses of its agreement, its measures against the own ones, and the verdict.
import { useSignal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { checkProcessor } from '@runde/dossier/writers'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { lang } from '../i18n/i18n.ts'
import { FieldError } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { say } from '../ui/live.ts'
import {
  type CheckDraft,
  type CheckField,
  checkDraft,
  checkValue,
  missingFields,
  shownText,
  withText,
} from './check-draft.ts'
import { ClauseTable, MeasureTable } from './check-tables.tsx'
import type { DscModel } from './dsc-model.ts'
import { LineField, TextField } from './form-fields.tsx'
import { CHECKS, type ProviderEntry, checkOf, providersOf, useChecks } from './providers.tsx'
import { d, said } from './text.ts'

/** The page behind `/desk/dsc/providers/:id`. */
export function ProviderCheckPage({ model, id }: { model: DscModel; id: string }): JSX.Element {
  const m = d()
  const provider = providersOf(model).find((each) => each.id === id)
  const checks = useChecks(model)
  const back = (
    <a class="backlink" href="/desk/dsc/providers">
      <Icon name="back" size="s" />
      {m.toProviders}
    </a>
  )
  if (provider === undefined)
    return (
      <div class="stack">
        {back}
        <p>{m.checkUnknown}</p>
      </div>
    )
  return (
    <div class="stack s6">
      {back}
      {checks === null ? <div class="greyrow" /> : <Form model={model} provider={provider} checks={checks} />}
    </div>
  )
}

function Form(props: { model: DscModel; provider: ProviderEntry; checks: readonly unknown[] }): JSX.Element {
  const m = d()
  const { model, provider, checks } = props
  const before = checkOf(checks, provider.id)
  const draft = useSignal<CheckDraft>(checkDraft(before))
  const wrong = useSignal<readonly CheckField[]>([])
  const failure = useSignal<ApiError | null>(null)
  const saved = useSignal(before !== undefined)
  const heading = useRef<HTMLHeadingElement>(null)
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const save = async (): Promise<void> => {
    wrong.value = missingFields(draft.value)
    if (wrong.value.length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    const others = checks.filter((each) => each !== before)
    const value = [...others, checkValue(provider.id, draft.value)]
    failure.value = await model.answer(CHECKS, { value })
    saved.value = failure.value === null
    if (saved.value) say(m.checkSaved)
  }
  const change = (part: Partial<CheckDraft>): void => {
    draft.value = { ...draft.value, ...part }
    saved.value = false
    wrong.value = wrong.value.filter((field) => missingFields(draft.value).includes(field))
  }
  return (
    <form
      ref={form}
      class="stack s8"
      noValidate
      data-testid="check-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div class="row apart">
        <div class="stack s2">
          <h2 class="question" ref={heading} tabIndex={-1}>
            {provider.name}
          </h2>
          <p class="soft t-m">{provider.service}</p>
        </div>
        {before === undefined ? null : (
          <a class="btn" href={`/desk/dsc/documents/processor-check-${provider.id}`}>
            <Icon name="file" size="s" />
            {m.checkDocument}
          </a>
        )}
      </div>
      <Verdict provider={provider.id} draft={draft.value} />
      <ClauseTable draft={draft.value} onChange={change} />
      <MeasureTable draft={draft.value} onChange={change} />
      <Contract draft={draft.value} wrong={wrong.value} onChange={change} />
      {failure.value === null ? null : (
        <div class="field" role="alert">
          <FieldError>{errorText(failure.value)}</FieldError>
        </div>
      )}
      <div class="formfoot">
        <span class="soft t-m" data-testid="check-state" data-saved={saved.value}>
          {saved.value ? m.saved : ''}
        </span>
        <button type="submit" class="btn primary large" data-testid="check-save">
          {m.checkSave}
        </button>
      </div>
    </form>
  )
}

function Verdict({ provider, draft }: { provider: string; draft: CheckDraft }): JSX.Element {
  const m = d()
  const { use, reasons } = checkProcessor(checkValue(provider, draft))
  return (
    <div class={`note ${use ? 'good' : 'bad'}`} data-testid="verdict" data-use={use}>
      <Icon name={use ? 'check' : 'warn'} size="s" />
      <b>{use ? m.checkUse : m.checkNot}</b>
      <span>
        {use
          ? m.checkUseLong
          : `${m.checkNotLong(reasons.length)}${reasons.map((reason) => said(reason)).join(', ')}.`}
      </span>
    </div>
  )
}

/** SHA-256 of a file as hexadecimal text; the file stays where it is. */
async function hashOf(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function Contract(props: {
  draft: CheckDraft
  wrong: readonly CheckField[]
  onChange: (part: Partial<CheckDraft>) => void
}): JSX.Element {
  const m = d()
  const { draft, wrong, onChange } = props
  const name: Signal<string> = useSignal('')
  const current = lang.value
  const error = (field: CheckField): string | null =>
    wrong.includes(field) ? (field === 'contractHash' ? m.hashWrong : m.fieldMissing) : null
  return (
    <section class="stack" aria-labelledby="contract">
      <h3 class="h-sect" id="contract">
        {m.contract}
      </h3>
      <div class="pair">
        <LineField
          label={m.contractVersion}
          hint={m.contractVersionHint}
          value={draft.contractVersion}
          error={error('contractVersion')}
          testid="check-version"
          onInput={(contractVersion) => onChange({ contractVersion })}
        />
        <LineField
          label={m.examiner}
          hint={m.examinerHint}
          value={shownText(draft.examiner, current)}
          error={error('examiner')}
          testid="check-examiner"
          onInput={(text) => onChange({ examiner: withText(draft.examiner, current, text) })}
        />
      </div>
      <div class="pair">
        <LineField
          label={m.date}
          type="date"
          value={draft.date}
          error={error('date')}
          testid="check-date"
          onInput={(date) => onChange({ date })}
        />
        <LineField
          label={m.nextDate}
          type="date"
          value={draft.nextDate}
          error={error('nextDate')}
          testid="check-next"
          onInput={(nextDate) => onChange({ nextDate })}
        />
      </div>
      {/* Only a page that came encrypted, or from this machine, may compute checksums. */}
      {isSecureContext ? (
        <div class="field">
          <label for="contract-file">{m.contractFile}</label>
          <input
            id="contract-file"
            class="input"
            type="file"
            data-testid="check-file"
            aria-describedby="contract-file-h"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0]
              if (file === undefined) return
              name.value = file.name
              void hashOf(file).then((contractHash) => onChange({ contractHash }))
            }}
          />
          <p class="hint" id="contract-file-h">
            {m.contractFileHint}
          </p>
        </div>
      ) : null}
      <LineField
        label={m.contractHash}
        hint={m.contractHashHint}
        value={draft.contractHash}
        error={error('contractHash')}
        testid="check-hash"
        onInput={(contractHash) => onChange({ contractHash })}
      />
      <TextField
        label={m.dpoOpinion}
        optional={m.optional}
        rows={2}
        value={shownText(draft.dpoOpinion, current)}
        onInput={(text) => onChange({ dpoOpinion: withText(draft.dpoOpinion, current, text) })}
      />
    </section>
  )
}
