// What has changed since an earlier run.
import { type ComparedPlace, type Comparison, type Report, STATE_WORDS, WORDS } from '@runde/jitsi-audit'
import type { JSX } from 'preact'
import { lang } from '../i18n/i18n.ts'
import { a } from './text.ts'

/** Mended, new, unclear and remaining, each with its rules. */
export function ComparisonView(props: {
  report: Report
  comparison: Comparison
  onClose: () => void
}): JSX.Element {
  const { mended, added, unclear, remaining } = props.comparison
  return (
    <section class="compared" aria-labelledby="audit-compared" data-testid="audit-comparison">
      <header class="row apart">
        <h2 id="audit-compared" class="h-sect">
          {WORDS.compared[lang.value]}
        </h2>
        <button type="button" class="btn quiet noprint" onClick={props.onClose}>
          {a().compareClose}
        </button>
      </header>
      <dl>
        <Group word={WORDS.mended[lang.value]} kind="good" places={mended} report={props.report} />
        <Group word={WORDS.added[lang.value]} kind="bad" places={added} report={props.report} />
        <Group
          word={STATE_WORDS.undecidable[lang.value]}
          kind="warn"
          places={unclear}
          report={props.report}
        />
        <Group
          word={WORDS.remaining[lang.value]}
          kind=""
          places={remaining}
          report={props.report}
          listed={false}
        />
      </dl>
    </section>
  )
}

function Group(props: {
  word: string
  kind: string
  places: readonly ComparedPlace[]
  /** Without the list where it stands below anyway. */
  listed?: boolean
  report: Report
}): JSX.Element {
  const titles = new Map(props.report.rules.map(({ id, title }) => [id, title]))
  return (
    <div>
      <dt class={props.kind}>
        {props.word} <span class="num">{props.places.length}</span>
      </dt>
      {props.places.length === 0 ? (
        <dd class="faint">{a().compareNone}</dd>
      ) : props.listed === false ? null : (
        props.places.map(({ rule, file, installation }) => (
          <dd key={`${rule}:${installation}:${file ?? ''}`}>
            {titles.get(rule)?.[lang.value] ?? rule} <small>{[rule, file ?? ''].join(' ').trim()}</small>
          </dd>
        ))
      )}
    </div>
  )
}
