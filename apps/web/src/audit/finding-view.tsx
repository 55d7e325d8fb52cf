// One rule with its findings: severity and headline, and inside what happens, the found lines, and the exact change to copy.
import {
  type Finding,
  type FindingGroup,
  ORIGIN_WORDS,
  type Place,
  type RuleText,
  SEVERITY_WORDS,
  type ShownChange,
  type ShownLine,
  articlesOf,
  placeText,
} from '@runde/jitsi-audit'
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { lang } from '../i18n/i18n.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { AuditIcon } from './audit-icon.tsx'
import { Prose } from './prose.tsx'
import { a } from './text.ts'

/** Findings of one rule that are drawn before somebody asks for more. */
const FIRST_FINDINGS = 3

/** One rule; `open` shows the inside from the beginning. */
export function FindingView(props: {
  group: FindingGroup
  rule: RuleText | undefined
  open: boolean
}): JSX.Element {
  const { group, rule } = props
  const all = useSignal(false)
  const count = group.findings.length
  const first = group.findings[0]
  const shown = all.value ? group.findings : group.findings.slice(0, FIRST_FINDINGS)
  const place = count > 1 ? a().places(count) : shortPlace(first?.places[0])
  return (
    <details class="finding" open={props.open} data-testid="finding" data-rule={group.rule}>
      <summary>
        <Mark group={group} />
        <h3>{rule?.title[lang.value] ?? group.rule}</h3>
        <span class="at">{place}</span>
        <Icon name="down" />
      </summary>
      <div class="in">
        <div>
          <h4>{a().why}</h4>
          <Prose text={rule?.why[lang.value] ?? ''} />
        </div>
        <div>
          <h4>{a().rule}</h4>
          <p>{[`${group.rule} ${rule?.name ?? ''}`, ...articlesOf(rule, lang.value)].join(', ')}</p>
          {group.state === 'violated' ? null : (
            <p class="faint">
              {a().severity}: {SEVERITY_WORDS[group.severity][lang.value]}
            </p>
          )}
        </div>
        {shown.map((finding) => (
          <FindingPlace key={finding.key} finding={finding} />
        ))}
        {count > shown.length ? (
          <p class="full">
            <button type="button" class="btn quiet" onClick={() => (all.value = true)}>
              {a().morePlaces(count - shown.length)}
            </button>
          </p>
        ) : null}
      </div>
    </details>
  )
}

/** Severity belongs to what is violated; everything else shows its state, and never in red. */
function Mark({ group: { state, severity } }: { group: FindingGroup }): JSX.Element {
  if (state === 'violated')
    return <span class={`sev ${severity}`}>{SEVERITY_WORDS[severity][lang.value]}</span>
  return (
    <span class={`mark ${state}`}>
      {state === 'met' ? <Icon name="check" size="xs" /> : <AuditIcon name={MARKS[state]} size="xs" />}
      {a().stateMarks[state]}
    </span>
  )
}

const MARKS = { undecidable: 'question', overridden: 'layers', not_applicable: 'dash' } as const

/** The last folder and the file: enough to know it by; the whole path stands inside. */
function shortPlace(place: Place | undefined): string {
  return placeText(place).split('/').slice(-2).join('/')
}

function FindingPlace({ finding }: { finding: Finding }): JSX.Element {
  const { detail, installation, places, placeCount, changes, mend } = finding
  const shown = places.filter(({ lines }) => lines !== undefined && lines.length > 0)
  const others = places.filter((place) => !shown.includes(place))
  return (
    <div class="full place">
      {detail === undefined && installation === '' ? null : (
        <div>
          <h4>{a().here}</h4>
          {installation === '' ? null : <p class="mono">{installation}</p>}
          {detail === undefined ? null : <Prose text={detail[lang.value]} />}
        </div>
      )}
      <div class={shown.length > 0 ? 'sides' : undefined}>
        {shown.length === 0 ? null : (
          <div class="stack s2">
            {shown.map((place) => (
              <FoundLines key={`${place.file}:${place.line}`} place={place} />
            ))}
          </div>
        )}
        <div class="stack s2">
          {finding.state === 'met' || finding.state === 'not_applicable' ? null : (
            <div>
              <h4>{a().mend}</h4>
              <Prose text={mend[lang.value]} />
            </div>
          )}
          {changes.map((change, index) => (
            <ChangedLines key={index} change={change} />
          ))}
        </div>
      </div>
      {others.length === 0 ? null : (
        <ul class="places">
          {others.map((place) => (
            <li key={`${place.file}:${place.line}:${place.column}`}>
              {placeText(place)}
              <OriginNote place={place} />
            </li>
          ))}
          {placeCount > places.length ? <li>{a().morePlaces(placeCount - places.length)}</li> : null}
        </ul>
      )}
    </div>
  )
}

function OriginNote({ place }: { place: Place }): JSX.Element | null {
  const word = ORIGIN_WORDS[place.kind]
  return word === undefined ? null : <span class="faint"> ({word[lang.value]})</span>
}

function FoundLines({ place }: { place: Place }): JSX.Element {
  return (
    <div class="code">
      <div class="cap">
        <span>
          {a().found(place.file)}
          <OriginNote place={place} />
        </span>
      </div>
      {/* The lines scroll sideways, so the keyboard must reach them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={a().found(placeText(place))}>
        {(place.lines ?? []).map((line) => (
          <CodeLine key={line.number} line={line} kind={line.hit ? 'del' : ''} mark={String(line.number)} />
        ))}
      </pre>
    </div>
  )
}

function ChangedLines({ change: { file, removed, added } }: { change: ShownChange }): JSX.Element {
  return (
    <div class="code">
      <div class="cap">
        <span>{a().changed(file)}</span>
        {added.length === 0 ? null : (
          <CopyButton text={added.map(({ text }) => text).join('\n')} label={a().copy} class="btn quiet">
            {a().copy}
          </CopyButton>
        )}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={a().changed(file)}>
        {removed.map((line) => (
          <CodeLine key={`-${line.number}`} line={line} kind="del" mark="−" />
        ))}
        {added.map((line) => (
          <CodeLine key={`+${line.number}`} line={line} kind="add" mark="+" />
        ))}
      </pre>
    </div>
  )
}

function CodeLine({ line, kind, mark }: { line: ShownLine; kind: string; mark: string }): JSX.Element {
  return (
    <span class={`l ${kind}`}>
      <span class="n">{mark}</span>
      {line.text === '' ? ' ' : line.text}
    </span>
  )
}
