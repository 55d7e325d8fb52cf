// Overview: how the documents stand, the next step, what is to be done, what is complete, what stands out.
import type { JSX } from 'preact'
import { Icon, type IconName } from '../ui/icon.tsx'
import { mayOpen } from '../app/me.ts'
import { ChainState, standingText } from './approval-looks.tsx'
import type { ApprovalEntry } from './approvals-api.ts'
import { Reminders } from './approvals-page.tsx'
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

const STALE = { class: 'old', icon: 'clock' } as const

/** The overview. */
export function Overview({ model }: { model: DscModel }): JSX.Element {
  const m = d()
  const { documents = [], findings = [] } = model.paperwork.value ?? {}
  const states = documents.map((document) => documentState(document, findings))
  const approvals = model.approvals.value
  const entries = new Map((approvals?.approvals ?? []).map((entry) => [entry.document, entry]))
  // What was approved and no longer holds is as much to be done as what is missing.
  const isTodo = (document: DocumentEntry): boolean =>
    documentState(document, findings) === 'missing' || entries.get(document.id)?.state === 'stale'
  const todo = documents.filter(isTodo)
  const rest = documents.filter((document) => !isTodo(document))
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
      {approvals === null || approvals.chain.brokenAt === null ? null : (
        <ChainState chain={approvals.chain} />
      )}
      {approvals === null || approvals.reminders.length === 0 ? null : (
        <div class="dsc-part">
          <Reminders reminders={approvals.reminders} />
        </div>
      )}
      {todo.length === 0 ? null : (
        <Documents heading={m.todo} id="todo" documents={todo} findings={findings} entries={entries} />
      )}
      {rest.length === 0 ? null : (
        <Documents
          heading={m.complete}
          id="complete"
          documents={rest}
          findings={findings}
          entries={entries}
        />
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
  const step = nextStep(
    paperwork,
    model.questions.value ?? [],
    model.proofs.value ?? [],
    Date.now(),
    model.approvals.value,
  )
  const count = 'count' in step ? step.count : 0
  const a = m.approval
  const say: Readonly<Record<typeof step.kind, readonly [string, string, string]>> = {
    household: [m.nextHousehold, '', ''],
    none: [m.nextNone, '', ''],
    proof: [m.nextProof, m.nextProofAct, '/desk/dsc/proofs'],
    provider: [m.nextProvider, mayOpen('providers') ? m.nextProviderAct : '', '/desk/dsc/providers'],
    stale: [a.nextStale(count), a.nextStaleAct, '/desk/dsc/approvals'],
    review: [a.nextReview(count), a.nextReviewAct, '#reminders'],
    approve: [a.nextApprove(count), a.nextApproveAct, '/desk/dsc/approvals'],
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
      {href === '' || act === '' ? null : (
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
  entries: ReadonlyMap<string, ApprovalEntry>
}): JSX.Element {
  const m = d()
  return (
    <section class="stack s2 dsc-part" aria-labelledby={props.id}>
      <h2 class="h-sect" id={props.id}>
        {props.heading}
      </h2>
      <ul class="docs">
        {props.documents.map((document) => {
          const entry = props.entries.get(document.id)
          const isStale = entry?.state === 'stale'
          const { class: look, icon } = isStale ? STALE : LOOKS[documentState(document, props.findings)]
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
                {entry === undefined || entry.state === 'none' || document.blockers > 0 ? null : (
                  <>
                    {standingText(entry)}
                    <br />
                  </>
                )}
                {document.blockers > 0
                  ? m.blockers(document.blockers)
                  : hints > 0
                    ? m.hints(hints)
                    : isStale || entry?.state === 'current'
                      ? ''
                      : m.noHints}
              </p>
              {isStale ? (
                <a
                  class="btn"
                  href={`/desk/dsc/approvals/${document.id}`}
                  aria-label={`${m.approval.seeChange}: ${document.title}`}
                  data-testid="dsc-see-change"
                >
                  {m.approval.seeChange}
                </a>
              ) : (
                <a class="iconbtn" href={path} aria-label={m.openOf(document.title)}>
                  <Icon name="right" />
                </a>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
