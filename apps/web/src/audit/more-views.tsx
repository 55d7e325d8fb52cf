// The other parts of the result: sentences for the paperwork, what moving to Runde would settle, and what became of each file.
import {
  DOCUMENTS,
  DOCUMENT_WORDS,
  KIND_WORDS,
  type Language,
  NOT_YET,
  OUTCOME_WORDS,
  PART_WORDS,
  type PaperSentence,
  type Report,
  SEVERITY_WORDS,
  WORDS,
  paperText,
  releaseText,
} from '@runde/jitsi-audit'
import type { JSX } from 'preact'
import { lang } from '../i18n/i18n.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Prose } from './prose.tsx'
import { a } from './text.ts'

type Document = (typeof DOCUMENTS)[number]

/** Art. 30 record, TOM and Art. 13 notice, each with a button that copies it. */
export function PaperworkView({ report }: { report: Report }): JSX.Element {
  if (report.paperwork.length === 0) return <p class="soft">{a().noPaperwork}</p>
  return (
    <div class="stack s8">
      <p class="soft measure">{WORDS.paperworkLead[lang.value]}</p>
      {DOCUMENTS.filter((document) => textOf(document, report, lang.value) !== '').map((document) => (
        <section key={document.id} class="paper">
          <header class="row apart">
            <h2 class="h-sect">{DOCUMENT_WORDS[document.id][lang.value]}</h2>
            <CopyButton text={textOf(document, report, lang.value)} label={a().copyAll} class="btn noprint">
              {a().copyAll}
            </CopyButton>
          </header>
          {document.sections.map(({ part, article }) => (
            <Part
              key={part}
              title={PART_WORDS[part][lang.value]}
              article={article[lang.value]}
              sentences={report.paperwork.filter((one) => one.part === part)}
            />
          ))}
        </section>
      ))}
      {report.open.length === 0 ? null : (
        <p class="soft measure">
          {WORDS.open[lang.value]} {report.open.join(', ')}
        </p>
      )}
    </div>
  )
}

function Part(props: {
  title: string
  article: string
  sentences: readonly PaperSentence[]
}): JSX.Element | null {
  if (props.sentences.length === 0) return null
  return (
    <div class="part">
      <h3>
        {props.title} <small>{props.article}</small>
      </h3>
      <ul>
        {props.sentences.map((sentence) => (
          <li key={`${sentence.rule}${sentence.installation}${sentence.text.de}`} class={sentence.state}>
            {paperText(sentence)[lang.value]}{' '}
            <small>
              {[sentence.rule, sentence.installation].filter((one) => one !== '').join(', ')}
              {sentence.state === 'violated' ? <b> {a().violatedMark}</b> : null}
            </small>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The document as plain text for the clipboard. */
function textOf({ sections }: Document, report: Report, language: Language): string {
  return sections
    .flatMap(({ part, article }) => {
      const own = report.paperwork
        .filter((one) => one.part === part)
        .map((one) => `- ${paperText(one)[language]}`)
      return own.length === 0
        ? []
        : [`${PART_WORDS[part][language]} (${article[language]})\n${own.join('\n')}`]
    })
    .join('\n\n')
}

/** Side by side, and what Runde does not have. */
export function MovingView({ report }: { report: Report }): JSX.Element {
  const m = a()
  return (
    <div class="stack s6">
      <p class="soft measure">{m.movingLead}</p>
      {report.moving.length === 0 ? <p class="soft">{m.noMoving}</p> : <MovingTable report={report} />}
      <p class="note measure">{NOT_YET[lang.value]}</p>
    </div>
  )
}

function MovingTable({ report }: { report: Report }): JSX.Element {
  return (
    <div class="tablewrap">
      <table class="grid-table">
        <thead>
          <tr>
            <th scope="col">{WORDS.severity[lang.value]}</th>
            <th scope="col">{WORDS.today[lang.value]}</th>
            <th scope="col">{WORDS.withRunde[lang.value]}</th>
          </tr>
        </thead>
        <tbody>
          {report.moving.map(({ rules, severity, here, runde }) => (
            <tr key={rules.join(' ')}>
              <td>
                <span class={`sev ${severity}`}>{SEVERITY_WORDS[severity][lang.value]}</span>
              </td>
              <td data-l={WORDS.today[lang.value]}>
                <ul class="here">
                  {here.map((one) => (
                    <li key={one.de}>{one[lang.value]}</li>
                  ))}
                </ul>
                <small class="faint">{rules.join(', ')}</small>
              </td>
              <td data-l={WORDS.withRunde[lang.value]}>{runde[lang.value]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Which installations were recognised, and each file with what was not understood in it. */
export function FilesView({ report }: { report: Report }): JSX.Element {
  const m = a()
  // What was recognised and not understood matters more than what nobody knows.
  const unread = report.files
    .filter(({ outcome }) => outcome !== 'read')
    .toSorted((one, other) => Number(other.problems.length > 0) - Number(one.problems.length > 0))
  return (
    <div class="stack s8">
      <Installations report={report} />
      {unread.length === 0 ? null : (
        <section class="stack s2">
          <h2 class="h-sect">{m.unread}</h2>
          <p class="soft">{m.unreadLead}</p>
          <FileList files={unread.slice(0, LISTED_MAX)} />
          {unread.length > LISTED_MAX ? <p class="soft">+ {unread.length - LISTED_MAX}</p> : null}
        </section>
      )}
      <details class="allfiles">
        <summary>{m.allFiles(report.files.length)}</summary>
        <FileList files={report.files.slice(0, LISTED_MAX)} />
        {report.files.length > LISTED_MAX ? <p class="soft">+ {report.files.length - LISTED_MAX}</p> : null}
      </details>
    </div>
  )
}

/** Rows that a page draws without getting slow; the JSON has all. */
const LISTED_MAX = 500

function Installations({ report }: { report: Report }): JSX.Element {
  const words = WORDS
  return (
    <div class="tablewrap">
      <table class="grid-table">
        <thead>
          <tr>
            {[words.installation, words.kind, words.release, words.ownHosts].map((word) => (
              <th key={word.en} scope="col">
                {word[lang.value]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.installations.map(({ label, kind, release, ownHosts }) => (
            <tr key={label}>
              <td data-l={words.installation[lang.value]} class="mono">
                {label === '' ? '1' : label}
              </td>
              <td data-l={words.kind[lang.value]}>{KIND_WORDS[kind][lang.value]}</td>
              <td data-l={words.release[lang.value]}>{releaseText(release, lang.value)}</td>
              <td data-l={words.ownHosts[lang.value]} class="mono">
                {ownHosts.length === 0 ? words.none[lang.value] : ownHosts.join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function FileList({ files }: { files: Report['files'] }): JSX.Element {
  return (
    <ul class="plainlist">
      {files.map(({ path, format, outcome, problems }) => (
        <li key={path}>
          <code>{path}</code>{' '}
          <span class="faint t-s">
            {[OUTCOME_WORDS[outcome][lang.value], format ?? ''].filter((one) => one !== '').join(', ')}
          </span>
          {problems.map(({ message, origin }, index) => (
            <Prose key={index} text={a().problem(origin.line, message[lang.value])} />
          ))}
        </li>
      ))}
    </ul>
  )
}
