// Imprint and accessibility statement: what the organisation has stated about itself, and what has been tested.
import type { DossierDocument, Sentence } from '@runde/dossier'
import { sentencesOf } from '@runde/dossier/writers'
import type { JSX } from 'preact'
import '../styles/dossier-all.css'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Shell } from '../ui/shell.tsx'
import { controllerOf } from './controller.ts'
import { imprint, shortNotice } from './dsc-api.ts'
import { Trouble } from './parts.tsx'
import { d } from './text.ts'
import { useAnswer } from './use-answer.ts'

function Words({ sentences }: { sentences: readonly Sentence[] }): JSX.Element {
  return (
    <>
      {sentences.flatMap(({ key, runs }) =>
        runs.map((run, index) =>
          run.mark === 'missing' ? (
            <mark key={`${key} ${index}`} class="gap">
              [{run.text}]
            </mark>
          ) : (
            <span key={`${key} ${index}`}>{run.text}</span>
          ),
        ),
      )}
    </>
  )
}

function Provider({ document }: { document: DossierDocument }): JSX.Element {
  const m = d()
  if (document.kind === 'household') return <p class="p">{m.imprintHousehold}</p>
  const blocks = document.sections.filter(({ id }) => id === 'provider').flatMap((section) => section.blocks)
  const missing = sentencesOf(document).some(({ sentence }) =>
    sentence.runs.some((run) => run.mark === 'missing'),
  )
  return (
    <section class="stack" aria-labelledby="provider">
      <h2 class="h-sect" id="provider">
        {m.imprintProvider}
      </h2>
      {blocks.map((block) =>
        block.kind === 'definitions' ? (
          <dl key={block.id} class="defs" data-testid="imprint">
            {block.rows.map(({ id, term, sentences }) => (
              <div key={id}>
                <dt>{term}</dt>
                <dd>
                  <Words sentences={sentences} />
                </dd>
              </div>
            ))}
          </dl>
        ) : block.kind === 'paragraph' ? (
          <p key={block.id} class="p">
            <Words sentences={block.sentences} />
          </p>
        ) : null,
      )}
      <p class="faint t-s">{missing ? m.imprintMissing : m.imprintSource}</p>
    </section>
  )
}

/** The page behind `/impressum`. */
export function Imprint(): JSX.Element {
  const m = d()
  useTitle(m.imprintTitle)
  const { value, error, again } = useAnswer(imprint, 'imprint')
  return (
    <Shell main="narrow">
      <div class="stack s8 legaltext">
        <PageHeading class="h-page">{m.imprintTitle}</PageHeading>
        {value === null ? null : <Provider document={value.document} />}
        {error === null ? null : <Trouble title={m.noticeFailed} error={error} onRetry={again} />}
      </div>
    </Shell>
  )
}

/** The page behind `/barrierefreiheit`. */
export function Accessibility(): JSX.Element {
  const m = d()
  useTitle(m.accessTitle)
  const { value } = useAnswer(shortNotice, 'accessibility')
  const contact = value === null ? '' : controllerOf(value.document).contact
  return (
    <Shell main="narrow">
      <div class="stack s8 legaltext">
        <div class="stack s2">
          <PageHeading class="h-page">{m.accessTitle}</PageHeading>
          <p class="lead">{m.accessLead}</p>
        </div>
        <section class="stack s2" aria-labelledby="tested">
          <h2 class="h-sect" id="tested">
            {m.accessTested}
          </h2>
          <ul class="items">
            {m.accessTests.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
        <section class="stack s2" aria-labelledby="gaps">
          <h2 class="h-sect" id="gaps">
            {m.accessMissing}
          </h2>
          <ul class="items">
            {m.accessGaps.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
        <section class="stack s2" aria-labelledby="report">
          <h2 class="h-sect" id="report">
            {m.accessReport}
          </h2>
          <p>{contact === '' ? m.accessReportMissing : m.accessReportHow(contact)}</p>
        </section>
      </div>
    </Shell>
  )
}
