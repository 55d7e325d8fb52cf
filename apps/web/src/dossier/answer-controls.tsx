// The ways to answer a question: a choice, several, one line, several lines, a number, a day, a period, a list of records.
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { JSX } from 'preact'
import { never } from '../app/never.ts'
import { PeriodControl, Records } from './answer-lists.tsx'
import { type ControlProps, DontKnow } from './dont-know.tsx'
import type { Answer, Choice } from './dsc-api.ts'
import { localDraft, localValue, wholeNumber } from './drafts.ts'
import { LineField, TextField } from './form-fields.tsx'
import { capital, d, said } from './text.ts'

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** The control for a question. */
export function AnswerControl(props: ControlProps): JSX.Element {
  const { shown } = props.question
  const m = d()
  switch (shown.kind) {
    case 'yesNo':
      return (
        <Radios
          {...props}
          options={[
            { value: 'yes', name: m.yes, answer: true },
            { value: 'no', name: m.no, answer: false },
          ]}
        />
      )
    case 'choice':
      return (
        <Radios
          {...props}
          options={shown.options.map(({ value, label }) => ({
            value,
            name: capital(said(label)),
            answer: value,
          }))}
        />
      )
    case 'choices':
      return <Checks {...props} options={shown.options} />
    case 'text':
      return <Line {...props} />
    case 'number':
      return <Amount {...props} unit={said(shown.unit)} />
    case 'date':
      return <Line {...props} type="date" />
    case 'longText':
      return <LongText {...props} />
    case 'period':
      return <PeriodControl {...props} />
    case 'records':
      return <Records {...props} />
  }
  return never(shown)
}

function Radios(
  props: ControlProps & {
    options: readonly { readonly value: string; readonly name: string; readonly answer: unknown }[]
  },
): JSX.Element {
  const m = d()
  const { question } = props
  const name = useId()
  const given = props.options.find(({ answer }) => answer === question.value)?.value ?? ''
  const picked = useSignal(question.state === 'unknown' ? 'unknown' : given)
  const pick = (value: string, answer: Answer): void => {
    picked.value = value
    void props.commit(answer)
  }
  const radio = (value: string, text: string, answer: Answer, hint?: string): JSX.Element => (
    <label class="choice" key={value}>
      <input
        type="radio"
        name={name}
        value={value}
        checked={picked.value === value}
        data-testid={`answer-${value}`}
        onChange={() => pick(value, answer)}
      />
      <b>{text}</b>
      {hint === undefined ? null : <span>{hint}</span>}
    </label>
  )
  return (
    <div class={`choices ${props.options.length > 8 ? 'many' : ''}`}>
      {props.options.map(({ value, name: text, answer }) => radio(value, text, { value: answer }))}
      {radio('unknown', m.dontKnow, { unknown: true }, m.dontKnowHint)}
    </div>
  )
}

function Checks(props: ControlProps & { options: readonly Choice[] }): JSX.Element {
  const { question } = props
  const start = Array.isArray(question.value) ? question.value.filter((v) => typeof v === 'string') : []
  const picked = useSignal<readonly string[]>(start)
  const toggle = (value: string, on: boolean): void => {
    const wanted = new Set(on ? [...picked.value, value] : picked.value.filter((each) => each !== value))
    picked.value = props.options.flatMap((option) => (wanted.has(option.value) ? [option.value] : []))
    void props.commit(picked.value.length === 0 ? null : { value: picked.value })
  }
  return (
    <>
      <div class="choices many">
        {props.options.map(({ value, label }) => (
          <label class="choice" key={value}>
            <input
              type="checkbox"
              checked={picked.value.includes(value)}
              data-testid={`answer-${value}`}
              onChange={(event) => toggle(value, event.currentTarget.checked)}
            />
            <b>{capital(said(label))}</b>
          </label>
        ))}
      </div>
      <DontKnow {...props} onKnown={() => (picked.value.length === 0 ? null : { value: picked.value })} />
    </>
  )
}

function Line(props: ControlProps & { type?: 'text' | 'date' }): JSX.Element {
  const { question } = props
  const draft = useSignal(asText(question.value))
  const answer = (): Answer => (draft.value.trim() === '' ? null : { value: draft.value.trim() })
  return (
    <>
      <LineField
        label={said(question.question)}
        labelledBy={props.labelledBy}
        type={props.type ?? 'text'}
        value={draft.value}
        error={props.error}
        testid="answer"
        onInput={(text) => (draft.value = text)}
        onDone={() => void props.commit(answer())}
      />
      <DontKnow {...props} onKnown={answer} />
    </>
  )
}

function Amount(props: ControlProps & { unit: string }): JSX.Element {
  const m = d()
  const { question } = props
  const draft = useSignal(asText(question.value))
  const answer = (): Answer => {
    const value = wholeNumber(draft.value)
    return value === undefined ? null : { value }
  }
  return (
    <>
      <LineField
        label={said(question.question)}
        labelledBy={props.labelledBy}
        numeric
        suffix={props.unit}
        value={draft.value}
        error={props.error}
        testid="answer"
        onInput={(text) => {
          draft.value = text
          props.object(null)
        }}
        onDone={(text) => {
          if (text.trim() !== '' && wholeNumber(text) === undefined) props.object(m.amountWrong)
          else void props.commit(answer())
        }}
      />
      <DontKnow {...props} onKnown={answer} />
    </>
  )
}

function LongText(props: ControlProps): JSX.Element {
  const m = d()
  const draft = useSignal(localDraft(props.question.value))
  const answer = (): Answer => {
    const value = localValue(draft.value)
    return value === undefined ? null : { value }
  }
  return (
    <>
      <TextField
        label={m.german}
        lang="de"
        value={draft.value.de}
        error={props.error}
        testid="answer"
        onInput={(de) => (draft.value = { ...draft.value, de })}
        onDone={() => void props.commit(answer())}
      />
      <TextField
        label={m.english}
        optional={m.optional}
        hint={m.englishHint}
        lang="en"
        rows={2}
        value={draft.value.en}
        testid="answer-en"
        onInput={(en) => (draft.value = { ...draft.value, en })}
        onDone={() => void props.commit(answer())}
      />
      <DontKnow {...props} onKnown={answer} />
    </>
  )
}
