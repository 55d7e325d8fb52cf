// Writes a report for people at a terminal: what is violated with its place and its mend, the rest in short.
import {
  CONCERN_WORDS,
  type Comparison,
  type Finding,
  type FindingGroup,
  KIND_WORDS,
  ORIGIN_WORDS,
  OUTCOME_WORDS,
  type Report,
  type RuleText,
  SEVERITY_WORDS,
  STATE_LEADS,
  STATE_WORDS,
  type ShownLine,
  WORDS,
  articlesOf,
  concernsByWeight,
  groupFindings,
  placeText,
  releaseText,
  plain,
  verdictSentence,
} from '@runde/jitsi-audit'
import type { Language } from '../language.ts'
import { type Paint, type Paints, paints } from './audit-jitsi-paint.ts'

/** How the terminal can be written to. */
export interface TerminalStyle {
  readonly language: Language
  readonly colour: boolean
  /** Characters per line. */
  readonly width: number
}

/** Places of one rule that are listed; JSON has all. */
const PLACES_MAX = 8

/** Unknown files that are named. */
const UNKNOWN_MAX = 5

/** Lines shown of one place; a whole block is known by its head. */
const LINES_MAX = 4

/** Files listed that were not or only partly read. */
const FILES_MAX = 15

const INDENT = '    '

/** The whole text, ending with a line end. */
export function toTerminal(report: Report, style: TerminalStyle, comparison?: Comparison): string {
  const writer = new Writer(report, style)
  writer.head()
  writer.violated()
  writer.others()
  writer.notes()
  writer.files()
  if (comparison !== undefined) writer.compared(comparison)
  writer.end()
  return writer.text()
}

class Writer {
  readonly #report: Report
  readonly #rules: ReadonlyMap<string, RuleText>
  readonly #language: Language
  readonly #width: number
  readonly #paint: Paints
  readonly #lines: string[] = []

  constructor(report: Report, { language, colour, width }: TerminalStyle) {
    this.#report = report
    this.#rules = new Map(report.rules.map((rule) => [rule.id, rule]))
    this.#language = language
    this.#width = width
    this.#paint = paints(colour)
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`
  }

  head(): void {
    const { installations, files, rules } = this.#report
    const read = files.filter(({ outcome }) => outcome !== 'not-read').length
    this.#line(this.#paint.bold(WORDS.title[this.#language]))
    this.#line(
      this.#language === 'de'
        ? `${read} von ${files.length} Dateien gelesen, ${rules.length} Regeln geprüft.`
        : `${read} of ${files.length} files read, ${rules.length} rules checked.`,
    )
    for (const { label, kind, release } of installations) {
      const name = releaseText(release, this.#language)
      const facts = [KIND_WORDS[kind][this.#language], `${WORDS.release[this.#language]} ${name}`]
      this.#line(
        `${WORDS.installation[this.#language]}: ${plain([label, ...facts].filter((one) => one !== '').join(', '))}`,
      )
    }
  }

  violated(): void {
    const groups = groupFindings(this.#report.findings.filter(({ state }) => state === 'violated'))
    for (const concern of concernsByWeight(groups, this.#rules)) {
      const own = groups.filter(({ rule }) => this.#rules.get(rule)?.concern === concern)
      this.#line('')
      this.#line(this.#paint.bold(CONCERN_WORDS[concern][this.#language]))
      for (const group of own) this.#group(group)
    }
  }

  #group({ rule, severity, findings }: FindingGroup): void {
    const words = this.#rules.get(rule)
    const paint =
      severity === 'crit' || severity === 'high'
        ? this.#paint.bad
        : severity === 'med'
          ? this.#paint.warn
          : this.#paint.soft
    const word = SEVERITY_WORDS[severity][this.#language]
    this.#line('')
    this.#line(`  ${paint(word.padEnd(8))} ${this.#paint.bold(plain(words?.title[this.#language] ?? rule))}`)
    this.#line(
      this.#paint.soft(
        `${INDENT}${[`${rule} ${words?.name ?? ''}`, ...articlesOf(words, this.#language)].join(', ')}`,
      ),
    )
    this.#prose(words?.why[this.#language] ?? '')
    const shown = findings.slice(0, PLACES_MAX)
    let mend = ''
    for (const finding of shown) {
      this.#place(finding)
      const own = finding.mend[this.#language]
      if (own !== mend) this.#prose(`${WORDS.mend[this.#language]}: ${own}`)
      mend = own
      for (const { file, removed, added } of finding.changes) {
        if (file !== finding.places[0]?.file) this.#line(`${INDENT}${plain(file)}`)
        this.#code('-', removed, this.#paint.bad)
        this.#code('+', added, this.#paint.good)
      }
    }
    if (findings.length > shown.length)
      this.#line(`${INDENT}+ ${findings.length - shown.length} ${WORDS.morePlaces[this.#language]}`)
  }

  #place({ places, installation, detail }: Finding): void {
    for (const place of places) {
      const kind = ORIGIN_WORDS[place.kind]?.[this.#language]
      const label = installation === '' ? '' : ` [${installation}]`
      this.#line(
        `${INDENT}${plain(placeText(place))}${kind === undefined ? '' : ` (${kind})`}${plain(label)}`,
      )
      const hits = (place.lines ?? []).filter(({ hit }) => hit)
      for (const line of hits.slice(0, LINES_MAX))
        this.#line(this.#paint.soft(`${INDENT}${String(line.number).padStart(5)} | ${line.text}`))
    }
    if (places.length === 0 && installation !== '') this.#line(`${INDENT}[${plain(installation)}]`)
    if (detail !== undefined) this.#prose(detail[this.#language])
  }

  #code(sign: string, lines: readonly ShownLine[], paint: Paint): void {
    for (const { text } of lines) this.#line(paint(`${INDENT}  ${sign} ${text}`))
  }

  others(): void {
    const overridden = groupFindings(this.#report.findings.filter(({ state }) => state === 'overridden'))
    if (overridden.length > 0) {
      this.#line('')
      this.#line(this.#paint.bold(STATE_WORDS.overridden[this.#language]))
      this.#line(`  ${STATE_LEADS.overridden[this.#language]}`)
    }
    for (const { rule, findings } of overridden) {
      const first = findings[0]
      const title = this.#rules.get(rule)?.title[this.#language] ?? ''
      const at = first?.places[0] === undefined ? '' : ` (${placeText(first.places[0])})`
      this.#line(`  ${rule} ${plain(title + at)}`)
      if (first?.detail !== undefined) this.#prose(first.detail[this.#language], this.#paint.soft)
    }
    this.#undecidable()
  }

  /** Rules that lack the same file are one line: what is missing is what people can do something about. */
  #undecidable(): void {
    const open = this.#report.findings.filter(({ state }) => state === 'undecidable')
    if (open.length === 0) return
    this.#line('')
    this.#line(this.#paint.bold(STATE_WORDS.undecidable[this.#language]))
    this.#line(`  ${STATE_LEADS.undecidable[this.#language]}`)
    for (const [detail, own] of Map.groupBy(open, (one) => one.detail?.[this.#language] ?? '')) {
      const rules = [...new Set(own.map(({ rule }) => rule))]
      if (detail !== '') this.#line(`  ${plain(detail)}`)
      this.#prose(rules.length === 1 ? this.#named(rules[0] ?? '') : rules.join(', '), this.#paint.soft)
    }
  }

  #named(rule: string): string {
    return `${rule} ${this.#rules.get(rule)?.title[this.#language] ?? ''}`
  }

  notes(): void {
    if (this.#report.notes.length === 0) return
    this.#line('')
    this.#line(this.#paint.bold(WORDS.notes[this.#language]))
    for (const { rule } of this.#report.notes) {
      const words = this.#rules.get(rule)
      this.#line(`  ${rule} ${plain(words?.title[this.#language] ?? '')}`)
      this.#prose(words?.why[this.#language] ?? '', this.#paint.soft)
    }
  }

  /** Files in which something was not understood by name; those that nobody knows as a number. */
  files(): void {
    const troubled = this.#report.files.filter(({ problems }) => problems.length > 0)
    const unknown = this.#report.files.filter(
      ({ outcome, problems }) => outcome === 'not-read' && problems.length === 0,
    )
    if (troubled.length + unknown.length === 0) return
    this.#line('')
    this.#line(this.#paint.bold(WORDS.files[this.#language]))
    for (const { path, outcome, problems } of troubled.slice(0, FILES_MAX)) {
      this.#line(`  ${plain(path)}: ${OUTCOME_WORDS[outcome][this.#language]}`)
      const first = problems[0]
      if (first !== undefined)
        this.#prose(
          `${WORDS.line[this.#language]} ${first.origin.line}: ${first.message[this.#language]}`,
          this.#paint.soft,
        )
    }
    if (troubled.length > FILES_MAX) this.#line(`  + ${troubled.length - FILES_MAX}`)
    if (unknown.length > 0) this.#prose(unknownFiles(unknown, this.#language), this.#paint.soft)
  }

  compared({ mended, added, remaining, unclear }: Comparison): void {
    this.#line('')
    this.#line(this.#paint.bold(WORDS.compared[this.#language]))
    for (const [word, list, paint] of [
      [WORDS.mended, mended, this.#paint.good],
      [WORDS.added, added, this.#paint.bad],
      [STATE_WORDS.undecidable, unclear, this.#paint.warn],
      [WORDS.remaining, remaining, this.#paint.soft],
    ] as const) {
      this.#line(`  ${paint(`${word[this.#language]}: ${list.length}`)}`)
      for (const { rule, file } of list.slice(0, FILES_MAX))
        this.#line(
          `${INDENT}${rule} ${plain(this.#rules.get(rule)?.title[this.#language] ?? '')}${file === null ? '' : ` (${plain(file)})`}`,
        )
    }
  }

  end(): void {
    const { counts, violated } = this.#report
    const sentence = verdictSentence(counts, violated, this.#language)
    const paint =
      violated.crit + violated.high > 0
        ? this.#paint.bad
        : counts.violated > 0
          ? this.#paint.warn
          : this.#paint.good
    this.#line('')
    this.#line(paint(sentence))
    const rest = (['undecidable', 'overridden', 'met', 'not_applicable'] as const).map(
      (state) => `${STATE_WORDS[state][this.#language]} ${counts[state]}`,
    )
    this.#line(rest.join(' · '))
  }

  /** Running text, broken at the width of the terminal. */
  #prose(text: string, paint: Paint = (same) => same): void {
    const room = Math.max(20, this.#width - INDENT.length)
    let line = ''
    for (const word of plain(text).split(/\s+/)) {
      if (line !== '' && line.length + 1 + word.length > room) {
        this.#line(paint(`${INDENT}${line}`))
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    if (line !== '') this.#line(paint(`${INDENT}${line}`))
  }

  #line(text: string): void {
    this.#lines.push(text)
  }
}

/** A few are named, many are counted; --json lists them all. */
function unknownFiles(files: Report['files'], language: Language): string {
  const names = files.slice(0, UNKNOWN_MAX).map(({ path }) => path)
  const rest = files.length - names.length
  const list = rest > 0 ? `${names.join(', ')} + ${rest}` : names.join(', ')
  return language === 'de'
    ? `Nicht als Jitsi-Konfiguration erkannt: ${list}`
    : `Not recognised as Jitsi configuration: ${list}`
}
