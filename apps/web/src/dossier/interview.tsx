// The interview: one question at a time, saved after each answer, with what depends on it beside it.
import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { errorText } from '../app/error-text.ts'
import { go } from '../app/router.ts'
import { FieldError } from '../ui/field.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { say } from '../ui/live.ts'
import { AnswerControl } from './answer-controls.tsx'
import type { Answer, AskedQuestion } from './dsc-api.ts'
import type { DscModel } from './dsc-model.ts'
import { DONE, after, before, currentQuestion, isRecords } from './interview-order.ts'
import { Progress } from './parts.tsx'
import { useLookAhead } from './use-look-ahead.tsx'
import { capital, d, said } from './text.ts'

const PATH = '/desk/dsc/interview'

/** The page behind `/desk/dsc/interview`. `wanted` names the question, empty for the first open one. */
export function Interview({ model, wanted }: { model: DscModel; wanted: string }): JSX.Element {
  const questions = model.questions.value ?? []
  const question = currentQuestion(questions, wanted)
  // Whoever comes from outside keeps the place where the browser puts them; after a step the question gets the focus.
  const steps = useRef(0)
  return (
    <div class="interview" data-testid="interview">
      {question === undefined ? (
        <Done questions={questions} />
      ) : (
        <QuestionForm
          key={question.fact}
          question={question}
          model={model}
          focus={steps.current > 0}
          onStep={() => (steps.current += 1)}
        />
      )}
      <Beside question={question} model={model} />
    </div>
  )
}

function QuestionForm(props: {
  question: AskedQuestion
  model: DscModel
  focus: boolean
  onStep: () => void
}): JSX.Element {
  const m = d()
  const { question, model } = props
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const error = useSignal<string | null>(null)
  const lost = useSignal(false)
  const reading = useRef(question.state !== 'open')
  // Before the next key press can arrive: a late focus would take it from whoever types fast.
  useLayoutEffect(() => {
    if (props.focus) heading.current?.focus({ preventScroll: true })
    model.save.value = 'idle'
  }, [])
  const save = async (answer: Answer): Promise<boolean> => {
    const failure = await model.answer(question.fact, answer)
    lost.value = failure !== null && failure.field === null
    error.value = failure === null || lost.value ? null : errorText(failure)
    if (failure === null) say(m.saved)
    return failure === null
  }
  const ahead = useLookAhead(model, question.fact, () => heading.current?.focus())
  const commit = async (answer: Answer): Promise<boolean> => {
    error.value = null
    return (await ahead.ask(answer)) ? await save(answer) : false
  }
  const stepping = useRef(false)
  const step = async (by: 1 | -1): Promise<void> => {
    const saved = ahead.decided()
    // Pressed again while a decision is open: it has the focus now.
    if (stepping.current) return
    stepping.current = true
    const stays = !(await saved)
    stepping.current = false
    // Whoever keeps the present answer stays with the question.
    if (stays) return
    await model.settled()
    if (error.value !== null || lost.value) {
      form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
      return
    }
    props.onStep()
    const all = model.questions.value ?? []
    go(`${PATH}#${by === 1 ? after(all, question.fact, reading.current) : before(all, question.fact)}`)
  }
  return (
    <form
      ref={form}
      class="stack s6"
      noValidate
      data-testid="question"
      data-fact={question.fact}
      onSubmit={(event) => {
        event.preventDefault()
        void step(1)
      }}
    >
      <Head question={question} model={model} />
      {lost.value ? (
        <div class="note bad" role="alert" data-testid="not-saved">
          <Icon name="warn" size="s" />
          <b>{m.notSaved}</b>
          <span>{m.notSavedHow}</span>
        </div>
      ) : null}
      <fieldset class="stack" aria-labelledby={`${id}-q`} aria-describedby={`${id}-h`}>
        <legend class="plainlegend">
          <h2 class="question" id={`${id}-q`} ref={heading} tabIndex={-1}>
            {said(question.question)}
          </h2>
        </legend>
        <p class="soft t-m" id={`${id}-h`} hidden={!hasHelp(question)}>
          {question.help === undefined || question.help === null ? '' : said(question.help)}{' '}
          {question.owed ? '' : m.optionalQuestion}
        </p>
        <AnswerControl
          key={ahead.round}
          question={question}
          labelledBy={`${id}-q`}
          commit={commit}
          error={error.value}
          object={(text) => (error.value = text)}
        />
        {error.value !== null && isRecords(question) ? (
          <div class="field" role="alert">
            <FieldError>{error.value}</FieldError>
          </div>
        ) : null}
      </fieldset>
      {ahead.panel}
      <div class="formfoot">
        <button type="button" class="btn large" data-testid="question-back" onClick={() => void step(-1)}>
          {m.back}
        </button>
        <button type="submit" class="btn primary large" data-testid="question-next">
          {question.state === 'open' ? m.later : m.next}
        </button>
      </div>
    </form>
  )
}

function hasHelp(question: AskedQuestion): boolean {
  return (question.help !== undefined && question.help !== null) || !question.owed
}

function Head({ question, model }: { question: AskedQuestion; model: DscModel }): JSX.Element {
  const m = d()
  const questions = model.questions.value ?? []
  const owed = questions.filter((each) => each.owed)
  const done = owed.filter(({ state }) => state !== 'open').length
  const at = questions.findIndex(({ fact }) => fact === question.fact) + 1
  const states = { idle: '', saving: m.saving, saved: m.saved, failed: m.notSaved }
  return (
    <div class="stack s2">
      <div class="row apart">
        <p class="h-group">
          {sectionName(question.section)} · {m.position(at, questions.length)}
        </p>
        <p class="h-group" data-testid="save-state" data-state={model.save.value}>
          {states[model.save.value]}
        </p>
      </div>
      <Progress label={m.progress} text={m.progressText(done, owed.length)} done={done} all={owed.length} />
    </div>
  )
}

function sectionName(section: string): string {
  const names: Readonly<Record<string, string>> = d().sections
  return names[section] ?? section
}

function Beside(props: { question: AskedQuestion | undefined; model: DscModel }): JSX.Element {
  const m = d()
  const { question, model } = props
  const { documents = [], findings = [] } = model.paperwork.value ?? {}
  const follows =
    question === undefined
      ? []
      : findings.filter(({ facts, kind }) => kind !== 'missing' && facts.includes(question.fact))
  const waiting = documents.filter(({ kind }) => question?.documents.includes(kind) === true)
  return (
    <aside class="so" aria-label={m.whatFor}>
      {follows.length === 0 ? null : (
        <>
          <h2 class="h-sect">{m.follows}</h2>
          <ul class="so-list" data-testid="follows">
            {follows.map((finding) => (
              <li key={finding.id}>
                <Icon name={finding.kind === 'note' ? 'info' : 'warn'} size="s" />
                <span>
                  <b>{said(finding.message)}</b> {said(finding.remedy)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {waiting.length === 0 ? null : (
        <>
          <h2 class="h-group">{m.changes}</h2>
          <ul class="so-list">
            {waiting.map(({ id, title }) => (
              <li key={id}>
                <Icon name="file" size="s" />
                <a href={`/desk/dsc/documents/${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <AllQuestions questions={model.questions.value ?? []} current={question?.fact ?? ''} />
    </aside>
  )
}

const MARKS: Readonly<Record<AskedQuestion['state'], IconName>> = {
  answered: 'check',
  unknown: 'info',
  open: 'plus',
}

function AllQuestions(props: { questions: readonly AskedQuestion[]; current: string }): JSX.Element {
  const m = d()
  const sections = [...new Set(props.questions.map(({ section }) => section))]
  return (
    <details class="allquestions">
      <summary data-testid="all-questions">{m.allQuestions}</summary>
      {sections.map((section) => (
        <div key={section}>
          <h3 class="h-group">{sectionName(section)}</h3>
          <ul>
            {props.questions
              .filter((question) => question.section === section)
              .map(({ fact, label, state }) => (
                <li key={fact} class={state}>
                  <Icon name={MARKS[state]} size="xs" />
                  <a href={`${PATH}#${fact}`} aria-current={fact === props.current ? 'step' : undefined}>
                    {capital(said(label))}
                    <span class="vh">, {m.state[state]}</span>
                  </a>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </details>
  )
}

function Done({ questions }: { questions: readonly AskedQuestion[] }): JSX.Element {
  const m = d()
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const open = questions.filter(({ state, owed }) => state === 'open' && owed)
  const [first] = open
  return (
    <div class="stack s6" data-testid="interview-done" data-open={open.length}>
      <div class="stack s2">
        <h2 class="question" ref={heading} tabIndex={-1}>
          {m.doneHeading}
        </h2>
        <p class="lead">{open.length === 0 ? m.doneAll : m.doneOpen(open.length)}</p>
      </div>
      <div class="row">
        {first === undefined ? null : (
          <a class="btn primary large" href={`${PATH}#${first.fact}`} data-testid="interview-open">
            {m.doneFirst}
          </a>
        )}
        <a
          class={`btn large ${first === undefined ? 'primary' : ''}`}
          href="/desk/dsc"
          data-testid="interview-documents"
        >
          {m.toDocuments}
        </a>
        <a class="btn quiet large" href={`${PATH}#${questions.at(-1)?.fact ?? DONE}`}>
          {m.back}
        </a>
      </div>
    </div>
  )
}
