// The two tables of a provider's check: clauses with result and place, measures with two levels; each row is filled in where it stands.
import {
  CLAUSE_LETTERS,
  CLAUSE_RESULTS,
  CLAUSE_WORDS,
  LEVELS,
  MEASURE_IDS,
  MEASURE_NAMES,
} from '@runde/dossier/writers'
import { useId } from 'preact/hooks'
import type { JSX } from 'preact'
import { lang } from '../i18n/i18n.ts'
import { Icon } from '../ui/icon.tsx'
import {
  type CheckDraft,
  type ClauseDraft,
  LEVEL_VALUES,
  type MeasureDraft,
  clauseOf,
  measureOf,
  shownText,
  withText,
} from './check-draft.ts'
import { capital, d, said } from './text.ts'

interface TableProps {
  readonly draft: CheckDraft
  readonly onChange: (part: Partial<CheckDraft>) => void
}

const RESULTS = ['met', 'partly', 'missing'] as const

/** Clauses a to h of Art. 28(3) GDPR. */
export function ClauseTable({ draft, onChange }: TableProps): JSX.Element {
  const m = d()
  const id = useId()
  const results = CLAUSE_LETTERS.map((letter) => clauseOf(draft, letter).result)
  const met = results.filter((result) => result === 'met').length
  const partly = results.filter((result) => result === 'partly').length
  return (
    <section class="stack" aria-labelledby={id}>
      <div class="row apart">
        <h3 class="h-sect" id={id}>
          {m.clauses}
        </h3>
        <p class="soft t-m">{m.clausesSum(met, partly, CLAUSE_LETTERS.length - met - partly)}</p>
      </div>
      <div class="tablewrap">
        <table class="grid-table" aria-labelledby={id}>
          <thead>
            <tr>
              {[m.clause, m.result, m.page, m.remark].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {CLAUSE_LETTERS.map((letter) => (
              <ClauseRow
                key={letter}
                letter={letter}
                clause={clauseOf(draft, letter)}
                onChange={(clause) => onChange({ clauses: new Map(draft.clauses).set(letter, clause) })}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function ClauseRow(props: {
  letter: (typeof CLAUSE_LETTERS)[number]
  clause: ClauseDraft
  onChange: (clause: ClauseDraft) => void
}): JSX.Element {
  const m = d()
  const { letter, clause, onChange } = props
  const name = `${letter}) ${said(CLAUSE_WORDS[letter])}`
  const look = clause.result === 'met' ? 'good' : clause.result === 'partly' ? 'warn' : 'bad'
  return (
    <tr class={clause.result === '' ? 'todo' : ''}>
      <th scope="row">{name}</th>
      <td data-l={m.result}>
        <span class={`cellselect ${clause.result === '' ? '' : look}`}>
          {clause.result === '' ? null : (
            <Icon name={look === 'good' ? 'check' : look === 'warn' ? 'warn' : 'close'} size="xs" />
          )}
          <select
            aria-label={`${m.result}, ${name}`}
            value={clause.result}
            data-testid={`clause-${letter}`}
            onChange={(event) => {
              const result = RESULTS.find((each) => each === event.currentTarget.value) ?? ''
              onChange({ ...clause, result })
            }}
          >
            <option value="">{m.notChecked}</option>
            {RESULTS.map((result) => (
              <option key={result} value={result}>
                {said(CLAUSE_RESULTS[result])}
              </option>
            ))}
          </select>
        </span>
      </td>
      <td data-l={m.page}>
        <Cell
          label={`${m.page}, ${name}`}
          placeholder={letter === 'a' ? m.pageHint : ''}
          value={clause.page}
          onInput={(page) => onChange({ ...clause, page })}
        />
      </td>
      <td data-l={m.remark}>
        <Cell
          label={`${m.remark}, ${name}`}
          value={shownText(clause.remark, lang.value)}
          onInput={(text) => onChange({ ...clause, remark: withText(clause.remark, lang.value, text) })}
        />
      </td>
    </tr>
  )
}

function Cell(props: {
  label: string
  value: string
  placeholder?: string
  onInput: (text: string) => void
}): JSX.Element {
  return (
    <input
      class="input cell"
      aria-label={props.label}
      placeholder={props.placeholder}
      maxLength={2000}
      autocomplete="off"
      value={props.value}
      onInput={(event) => props.onInput(event.currentTarget.value)}
    />
  )
}

/** Eleven measures, the provider's level against the own one. */
export function MeasureTable({ draft, onChange }: TableProps): JSX.Element {
  const m = d()
  const id = useId()
  return (
    <section class="stack" aria-labelledby={id}>
      <div class="row apart">
        <h3 class="h-sect" id={id}>
          {m.measures}
        </h3>
        <p class="soft t-m">{m.measuresRule}</p>
      </div>
      <div class="tablewrap">
        <table class="grid-table" aria-labelledby={id}>
          <thead>
            <tr>
              {[m.measure, m.own, m.theirs, m.evidence].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {MEASURE_IDS.map((measure) => (
              <MeasureRow
                key={measure}
                measure={measure}
                value={measureOf(draft, measure)}
                onChange={(value) => onChange({ measures: new Map(draft.measures).set(measure, value) })}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function MeasureRow(props: {
  measure: (typeof MEASURE_IDS)[number]
  value: MeasureDraft
  onChange: (value: MeasureDraft) => void
}): JSX.Element {
  const m = d()
  const { measure, value, onChange } = props
  const name = capital(said(MEASURE_NAMES[measure]))
  const below = value.own !== '' && value.provider !== '' && value.provider < value.own
  const reasoned = shownText(value.compensation, lang.value).trim() !== ''
  return (
    <tr class={below && !reasoned ? 'gap' : ''}>
      <th scope="row">{name}</th>
      <td data-l={m.own}>
        <LevelCell
          label={`${m.own}, ${name}`}
          value={value.own}
          testid={`own-${measure}`}
          onChange={(own) => onChange({ ...value, own })}
        />
      </td>
      <td data-l={m.theirs}>
        <LevelCell
          label={`${m.theirs}, ${name}`}
          value={value.provider}
          short={below}
          testid={`their-${measure}`}
          onChange={(provider) => onChange({ ...value, provider })}
        />
        {below ? (
          <span class={`chip ${reasoned ? 'warn' : 'bad'}`}>
            <Icon name="warn" size="xs" />
            {reasoned ? m.compensated : m.gap}
          </span>
        ) : null}
      </td>
      <td data-l={m.evidence}>
        <Cell
          label={`${m.evidence}, ${name}`}
          value={shownText(value.evidence, lang.value)}
          onInput={(text) => onChange({ ...value, evidence: withText(value.evidence, lang.value, text) })}
        />
        {below ? (
          <label class="compensation">
            <span>{m.compensation}</span>
            <input
              class="input cell"
              maxLength={2000}
              autocomplete="off"
              value={shownText(value.compensation, lang.value)}
              data-testid={`compensation-${measure}`}
              onInput={(event) =>
                onChange({
                  ...value,
                  compensation: withText(value.compensation, lang.value, event.currentTarget.value),
                })
              }
            />
          </label>
        ) : null}
      </td>
    </tr>
  )
}

function LevelCell(props: {
  label: string
  value: MeasureDraft['own']
  short?: boolean
  testid: string
  onChange: (value: MeasureDraft['own']) => void
}): JSX.Element {
  const m = d()
  const { value } = props
  return (
    <span class="levelcell">
      <span class={`lvl ${props.short === true ? 'short' : ''}`} aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <i key={step} class={value !== '' && value >= step ? 'on' : ''} />
        ))}
      </span>
      <select
        aria-label={props.label}
        value={value === '' ? '' : String(value)}
        data-testid={props.testid}
        onChange={(event) =>
          props.onChange(LEVEL_VALUES.find((each) => String(each) === event.currentTarget.value) ?? '')
        }
      >
        <option value="">{m.notChecked}</option>
        {LEVEL_VALUES.map((level) => (
          <option key={level} value={String(level)}>
            {said(LEVELS[level])}
          </option>
        ))}
      </select>
    </span>
  )
}
