// Answers of several parts: a period with its unit, and a list of records.
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { type ControlProps, DontKnow } from './dont-know.tsx'
import { type PeriodDraft, periodDraft, periodValue } from './drafts.ts'
import type { Answer } from './dsc-api.ts'
import { ChoiceField, LineField } from './form-fields.tsx'
import { RecordList } from './record-editor.tsx'
import { RECORD_FACTS, toDraft, toValue } from './record-forms.ts'
import { capital, d } from './text.ts'

const PERIODS = ['none', 'end', 'H', 'D', 'M', 'Y', 'manual'] as const

/** A fixed word, or a number and its unit. */
export function PeriodControl(props: ControlProps): JSX.Element {
  const m = d()
  const draft = useSignal<PeriodDraft>(periodDraft(props.question.value))
  const answer = (): Answer => {
    const value = periodValue(draft.value)
    return value === undefined ? null : { value }
  }
  const counted = draft.value.what.length === 1
  const done = (): void => {
    const { what, count } = draft.value
    // A unit without its number is not an answer yet.
    if (what.length === 1 && count.trim() === '') return
    if (what.length === 1 && periodValue(draft.value) === undefined) props.object(m.amountWrong)
    else void props.commit(answer())
  }
  return (
    <>
      <div class="pair">
        <ChoiceField
          label={m.period.what}
          empty={m.period.choose}
          value={draft.value.what}
          options={PERIODS.map((value) => ({ value, name: capital(m.period[value]) }))}
          testid="answer"
          onInput={(text) => {
            const what = PERIODS.find((each) => each === text) ?? ''
            draft.value = { ...draft.value, what }
          }}
          onDone={done}
        />
        {counted ? (
          <LineField
            label={m.period.count}
            numeric
            value={draft.value.count}
            error={props.error}
            testid="answer-count"
            onInput={(count) => {
              draft.value = { ...draft.value, count }
              props.object(null)
            }}
            onDone={done}
          />
        ) : null}
      </div>
      <DontKnow {...props} onKnown={answer} />
    </>
  )
}

/** A list; an empty one is an answer too. */
export function Records(props: ControlProps): JSX.Element {
  const m = d()
  const { question } = props
  const kind = RECORD_FACTS[question.fact] ?? 'party'
  const list = Array.isArray(question.value) ? question.value : []
  const entries = list.map((each) => toDraft(kind, each))
  const none = question.state === 'answered' && entries.length === 0
  return (
    <>
      <RecordList
        kind={kind}
        entries={entries}
        onChange={async (next) => {
          const values = next.map((draft) => toValue(kind, draft))
          const value = values.flatMap((each) => (each.ok ? [each.value] : []))
          return await props.commit(value.length === 0 ? null : { value })
        }}
      />
      {entries.length > 0 || kind === 'purpose' ? null : (
        <label class="choice">
          <input
            type="checkbox"
            checked={none}
            data-testid="answer-none"
            onChange={(event) => void props.commit(event.currentTarget.checked ? { value: [] } : null)}
          />
          <b>{m.none}</b>
          <span>{m.noneHint}</span>
        </label>
      )}
      {entries.length > 0 ? null : <DontKnow {...props} onKnown={() => null} />}
    </>
  )
}
