// The findings with their filters, grouped by what matters to the persons concerned.
import { useSignal } from '@preact/signals'
import {
  CONCERNS,
  CONCERN_WORDS,
  type Concern,
  type FindingGroup,
  type Report,
  SEVERITIES,
  SEVERITY_WORDS,
  STATES,
  STATE_LEADS,
  concernsByWeight,
} from '@runde/jitsi-audit'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { lang } from '../i18n/i18n.ts'
import { say } from '../ui/live.ts'
import { type Filter, FIRST_FILTER, filterFindings } from './filters.ts'
import { FindingView } from './finding-view.tsx'
import { Prose } from './prose.tsx'
import { stateWord } from './result-head.tsx'
import { a } from './text.ts'

/** Rules drawn before somebody asks for more. */
const FIRST_RULES = 40

/** Open from the beginning: the two gravest. */
const OPEN_FIRST = 2

/** The filters and what passes them. */
export function FindingsView({ report }: { report: Report }): JSX.Element {
  const m = a()
  const filter = useSignal<Filter>(FIRST_FILTER)
  const all = useSignal(false)
  const change = (part: Partial<Filter>): void => {
    filter.value = { ...filter.value, ...part }
    all.value = false
  }
  const language = lang.value
  const groups = useMemo(
    () => filterFindings(report, filter.value, language),
    [report, filter.value, language],
  )
  const first = useRef(true)
  useEffect(() => {
    if (!first.current) say(a().shown(groups.length))
    first.current = false
  }, [groups])
  const shown = all.value ? groups : groups.slice(0, FIRST_RULES)
  const open = new Set(filter.value.state === 'violated' ? groups.slice(0, OPEN_FIRST) : [])
  return (
    <div class="stack s6">
      <fieldset class="filters" aria-label={m.filterStates}>
        {STATES.map((state) => (
          <button
            key={state}
            type="button"
            class="filter"
            aria-pressed={filter.value.state === state}
            data-testid={`audit-state-${state}`}
            onClick={() => change({ state })}
          >
            {stateWord(state)} <span class="num">{report.counts[state]}</span>
          </button>
        ))}
      </fieldset>
      <Refine report={report} filter={filter.value} onChange={change} />
      {groups.length > 0 && filter.value.state !== 'violated' ? (
        <p class="soft">{STATE_LEADS[filter.value.state][lang.value]}</p>
      ) : null}
      {groups.length === 0 ? (
        <div class="stack s2">
          <p class="soft">{m.noMatch}</p>
          {isRefined(filter.value) ? (
            <p>
              <button
                type="button"
                class="btn"
                onClick={() => change({ ...FIRST_FILTER, state: filter.value.state })}
              >
                {m.resetFilters}
              </button>
            </p>
          ) : null}
        </div>
      ) : (
        <Concerns report={report} groups={shown} open={open} />
      )}
      {groups.length > shown.length ? (
        <p>
          <button type="button" class="btn" onClick={() => (all.value = true)}>
            {m.more(groups.length - shown.length)}
          </button>
        </p>
      ) : null}
      {filter.value.state === 'undecidable' && !isRefined(filter.value) ? (
        <BrokenFiles report={report} />
      ) : null}
    </div>
  )
}

function isRefined({ severity, concern, installation, words }: Filter): boolean {
  return severity !== undefined || concern !== undefined || installation !== undefined || words.trim() !== ''
}

function Refine(props: {
  report: Report
  filter: Filter
  onChange: (part: Partial<Filter>) => void
}): JSX.Element {
  const m = a()
  const { filter, onChange, report } = props
  const labels = report.installations.map(({ label }) => label)
  return (
    <search class="refine">
      <label class="field">
        <span class="label">{m.search}</span>
        <input
          class="input"
          type="search"
          placeholder={m.searchHint}
          value={filter.words}
          data-testid="audit-search"
          onInput={(event) => onChange({ words: event.currentTarget.value })}
        />
      </label>
      <Choice
        label={m.severity}
        all={m.anySeverity}
        value={filter.severity}
        choices={SEVERITIES.map((one) => [one, SEVERITY_WORDS[one][lang.value]] as const)}
        onChoose={(severity) => onChange({ severity })}
        testid="audit-severity"
      />
      <Choice
        label={m.concern}
        all={m.anyConcern}
        value={filter.concern}
        choices={CONCERNS.map((one) => [one, CONCERN_WORDS[one][lang.value]] as const)}
        onChoose={(concern) => onChange({ concern })}
        testid="audit-concern"
      />
      {labels.length > 1 ? (
        <Choice
          label={m.installation}
          all={m.anyInstallation}
          value={filter.installation}
          choices={labels.map((one) => [one, one] as const)}
          onChoose={(installation) => onChange({ installation })}
          testid="audit-installation"
        />
      ) : null}
    </search>
  )
}

function Choice<Value extends string>(props: {
  label: string
  all: string
  value: Value | undefined
  choices: readonly (readonly [Value, string])[]
  onChoose: (value: Value | undefined) => void
  testid: string
}): JSX.Element {
  return (
    <label class="field">
      <span class="label">{props.label}</span>
      <select
        class="input"
        value={props.value ?? ''}
        data-testid={props.testid}
        onChange={(event) => {
          const chosen = props.choices.find(([value]) => value === event.currentTarget.value)
          props.onChoose(chosen?.[0])
        }}
      >
        <option value="">{props.all}</option>
        {props.choices.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  )
}

function Concerns(props: {
  report: Report
  groups: readonly FindingGroup[]
  open: ReadonlySet<FindingGroup>
}): JSX.Element {
  const rules = new Map(props.report.rules.map((rule) => [rule.id, rule]))
  const of = (concern: Concern): readonly FindingGroup[] =>
    props.groups.filter(({ rule }) => rules.get(rule)?.concern === concern)
  return (
    <div class="stack s8">
      {concernsByWeight(props.groups, rules).map((concern) => (
        <section key={concern} class="concern" data-testid={`audit-concern-${concern}`}>
          <h2 class="h-sect">
            {CONCERN_WORDS[concern][lang.value]} <span class="count num">{of(concern).length}</span>
          </h2>
          {of(concern).map((group) => (
            <FindingView
              key={`${group.rule}:${group.state}`}
              group={group}
              rule={rules.get(group.rule)}
              open={props.open.has(group)}
            />
          ))}
        </section>
      ))}
    </div>
  )
}

/** A file that could not be read whole is a finding of its own: what it says is not known. */
function BrokenFiles({ report }: { report: Report }): JSX.Element | null {
  const broken = report.files.filter(({ format, problems }) => format !== undefined && problems.length > 0)
  if (broken.length === 0) return null
  return (
    <section class="concern">
      <h2 class="h-sect">
        {a().unreadFile} <span class="count num">{broken.length}</span>
      </h2>
      <ul class="plainlist">
        {broken.map(({ path, problems }) => (
          <li key={path}>
            <code>{path}</code>
            {problems.map(({ message, origin }, index) => (
              <Prose key={index} text={a().problem(origin.line, message[lang.value])} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
