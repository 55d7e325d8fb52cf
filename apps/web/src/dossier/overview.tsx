// Overview: how the documents stand, the next step, what is to be done, what is complete, what stands out.
import type { JSX } from 'preact'
import { Icon, type IconName } from '../ui/icon.tsx'
import type { DocumentEntry, FindingEntry, Proof } from './dsc-api.ts'
import type { DscModel } from './dsc-model.ts'
import {
  type DocumentState,
  byGravity,
  documentState,
  findingsOf,
  nextStep,
  proofState,
} from './next-step.ts'
import { DocumentRing } from './overview-ring.tsx'
import { Finding } from './parts.tsx'
import { remedyOf } from './remedies.ts'
import { d } from './text.ts'

const LOOKS: Readonly<Record<DocumentState, { readonly class: string; readonly icon: IconName }>> = {
  good: { class: 'ok', icon: 'check' },
  risk: { class: 'old', icon: 'info' },
  missing: { class: 'no', icon: 'plus' },
}

/** The overview. */
export function Overview({ model }: { model: DscModel }): JSX.Element {
  const m = d()
  const { documents = [], findings = [] } = model.paperwork.value ?? {}
  const states = documents.map((document) => documentState(document, findings))
  const todo = documents.filter((document) => documentState(document, findings) === 'missing')
  const rest = documents.filter((document) => documentState(document, findings) !== 'missing')
  // What is only missing is asked in the interview; here stands what needs a thought.
  const remarkable = byGravity(findings.filter(({ kind }) => kind !== 'missing'))
  return (
    <div data-testid="dsc-overview">
      <section class="dsc-top" aria-label={m.overview}>
        <figure>
          <DocumentRing states={states} />
        </figure>
        <div class="stack s6">
          <Tally states={states} />
          <Next model={model} />
          <ProofLine proofs={model.proofs.value ?? []} />
        </div>
      </section>
      {todo.length === 0 ? null : (
        <Documents heading={m.todo} id="todo" documents={todo} findings={findings} />
      )}
      {rest.length === 0 ? null : (
        <Documents heading={m.complete} id="complete" documents={rest} findings={findings} />
      )}
      <section class="stack s2 dsc-part" aria-labelledby="findings">
        <h2 class="h-sect" id="findings">
          {m.findings}
        </h2>
        {remarkable.length === 0 ? (
          <p class="soft">{m.findingsNone}</p>
        ) : (
          <ul class="finds">
            {remarkable.map((finding) => (
              <Finding
                key={finding.id}
                finding={finding}
                level={3}
                remedy={remedyOf(finding, model.questions.value ?? [], m)}
              />
            ))}
          </ul>
        )}
      </section>
      <p class="faint t-s measure">{m.disclaimer}</p>
    </div>
  )
}

function Tally({ states }: { states: readonly DocumentState[] }): JSX.Element {
  const m = d()
  const entries = [
    ['good', m.tallyGood, 'check', 'good'],
    ['risk', m.tallyRisk, 'info', 'warn'],
    ['missing', m.tallyMissing, 'plus', 'bad'],
  ] as const
  return (
    <div class="tally">
      {entries.map(([state, word, icon, look]) => (
        <div key={state} class={look} data-testid={`dsc-count-${state}`}>
          <b>{states.filter((each) => each === state).length}</b>
          <span>
            <Icon name={icon} size="s" />
            {word}
          </span>
        </div>
      ))}
    </div>
  )
}

function Next({ model }: { model: DscModel }): JSX.Element {
  const m = d()
  const paperwork = model.paperwork.value ?? { documents: [], findings: [] }
  const step = nextStep(paperwork, model.questions.value ?? [], model.proofs.value ?? [], Date.now())
  const say: Readonly<Record<typeof step.kind, readonly [string, string, string]>> = {
    household: [m.nextHousehold, '', ''],
    none: [m.nextNone, '', ''],
    proof: [m.nextProof, m.nextProofAct, '/desk/dsc/proofs'],
    provider: [m.nextProvider, m.nextProviderAct, '/desk/dsc/providers'],
    finding: [m.nextFinding, m.nextFindingAct, '#findings'],
    questions: [
      step.kind === 'questions' ? m.nextQuestions(step.open, step.minutes) : '',
      m.nextQuestionsAct,
      '/desk/dsc/interview',
    ],
    unknown: [
      step.kind === 'unknown' ? m.nextUnknown(step.count) : '',
      m.nextUnknownAct,
      `/desk/dsc/interview#${step.kind === 'unknown' ? step.fact : ''}`,
    ],
  }
  const [text, act, href] = say[step.kind]
  return (
    <div class="nextstep" data-testid="dsc-next" data-step={step.kind}>
      <h2 class="h-group">{m.nextTitle}</h2>
      <p>{text}</p>
      {href === '' ? null : (
        <a class="btn primary" href={href} data-testid="dsc-next-go">
          {act}
        </a>
      )}
    </div>
  )
}

function ProofLine({ proofs }: { proofs: readonly Proof[] }): JSX.Element {
  const m = d()
  const states = proofs.map((proof) => proofState(proof, Date.now()))
  const passed = states.filter((state) => state === 'passed').length
  const failed = states.filter((state) => state === 'failed').length
  return (
    <p class="row tight t-m soft">
      <a class="inline-tap" href="/desk/dsc/proofs">
        {m.proofsLine(passed, proofs.length)}
      </a>
      {failed === 0 ? null : (
        <span class="chip bad">
          <Icon name="warn" size="xs" />
          {m.proofsFailed(failed)}
        </span>
      )}
    </p>
  )
}

function Documents(props: {
  heading: string
  id: string
  documents: readonly DocumentEntry[]
  findings: readonly FindingEntry[]
}): JSX.Element {
  const m = d()
  return (
    <section class="stack s2 dsc-part" aria-labelledby={props.id}>
      <h2 class="h-sect" id={props.id}>
        {props.heading}
      </h2>
      <ul class="docs">
        {props.documents.map((document) => {
          const { class: look, icon } = LOOKS[documentState(document, props.findings)]
          const hints = findingsOf(document, props.findings).length
          const path = `/desk/dsc/documents/${document.id}`
          return (
            <li key={document.id} data-testid="dsc-document-row" data-document={document.id}>
              <span class={look}>
                <Icon name={icon} />
              </span>
              <div>
                <h3>
                  <a href={path}>{document.title}</a>
                </h3>
                <p>{document.subtitle}</p>
              </div>
              <p class="when">
                {document.blockers > 0
                  ? m.blockers(document.blockers)
                  : hints > 0
                    ? m.hints(hints)
                    : m.noHints}
              </p>
              <a class="iconbtn" href={path} aria-label={m.openOf(document.title)}>
                <Icon name="right" />
              </a>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
