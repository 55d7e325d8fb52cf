// Reads .env files as docker compose does (compose-go's dotenv): export, comments, quotes over several lines, variables in values.
import { LineIndex } from '../../core/origin.ts'
import { type Settings, lookup } from '../../core/settings.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { FlatSettings } from '../common/flat-settings.ts'
import { isInside, maskTemplates, textNode } from '../common/placeholder.ts'
import { problem, startOf, tooLarge, tooMuch } from '../common/problem.ts'
import { type Variable, interpolate } from './interpolate.ts'

/** Docker's env.example has 20,000 characters. */
const DOTENV_MAX_LENGTH = 200_000

const PROBLEMS_MAX = 100

/** `export NAME=` or `NAME:`; the name alone takes its value from outside. */
const HEAD = /[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:([=:])[ \t]*|(?=\r?\n|$))/y

/** Name to text; an empty value stays an empty text. `outer` answers variables that the file itself does not set. */
export function readDotenv(file: SourceFile, outer?: Settings): Settings {
  if (file.text.length > DOTENV_MAX_LENGTH)
    return new FlatSettings().finish('fragment', [file.path], startOf(file.path), [tooLarge(file.path)])
  return new DotenvReader(file, outer).run()
}

class DotenvReader {
  readonly #file: SourceFile
  readonly #text: string
  readonly #conditional: readonly (readonly [number, number])[]
  readonly #lines: LineIndex
  readonly #settings = new FlatSettings()
  readonly #problems: ParseProblem[] = []
  readonly #outer: Settings | undefined
  #at = 0

  constructor(file: SourceFile, outer: Settings | undefined) {
    const masked = maskTemplates(file.text)
    this.#file = file
    this.#text = masked.text
    this.#conditional = masked.conditional
    this.#lines = new LineIndex(file.path, file.text)
    this.#outer = outer
    if (file.text.startsWith('\u{FEFF}')) this.#at = 1
  }

  run(): Settings {
    while (this.#at < this.#text.length && this.#settings.hasRoom) this.#line()
    if (!this.#settings.hasRoom) this.#problems.push(tooMuch('too-many', startOf(this.#file.path)))
    const completeness = this.#settings.hasRoom ? 'complete' : 'fragment'
    return this.#settings.finish(completeness, [this.#file.path], startOf(this.#file.path), this.#problems)
  }

  #line(): void {
    HEAD.lastIndex = this.#at
    const head = HEAD.exec(this.#text)
    if (head === null) {
      this.#notAnAssignment()
      return
    }
    const start = this.#at + head[0].search(/\S/)
    const name = head[1] ?? ''
    this.#at = HEAD.lastIndex
    if (head[2] === undefined) return
    const { text, from, to, literal } = this.#value()
    const origin = this.#lines.origin(start, to)
    const node = this.#node(text, literal, this.#lines.origin(from, to))
    this.#settings.set(name, isInside(this.#conditional, start) ? doubtful(node) : node, origin)
  }

  #notAnAssignment(): void {
    const start = this.#at
    this.#endOfLine()
    const line = this.#text.slice(start, this.#at).trim()
    this.#at += 1
    if (line === '' || line.startsWith('#') || this.#problems.length >= PROBLEMS_MAX) return
    this.#problems.push(notUnderstood(this.#lines.origin(start, this.#at - 1)))
  }

  #endOfLine(): void {
    const end = this.#text.indexOf('\n', this.#at)
    this.#at = end === -1 ? this.#text.length : end
  }

  #value(): { text: string; from: number; to: number; literal: boolean } {
    const quote = this.#text[this.#at]
    const from = this.#at
    if (quote === '"' || quote === "'") {
      const end = this.#closing(quote)
      if (end !== undefined) {
        const inside = this.#text.slice(from + 1, end)
        this.#at = end + 1
        this.#endOfLine()
        return { text: quote === '"' ? unescaped(inside) : inside, from, to: end + 1, literal: quote === "'" }
      }
    }
    this.#endOfLine()
    const line = this.#text.slice(from, this.#at)
    const note = line.startsWith('#') ? 0 : line.search(/[ \t]#/)
    const text = (note === -1 ? line : line.slice(0, note)).trimEnd()
    return { text, from, to: from + text.length, literal: false }
  }

  #closing(quote: string): number | undefined {
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const one = this.#text[at]
      if (one === quote) return at
      if (one === '\\') at += 1
    }
    return undefined
  }

  #node(text: string, literal: boolean, origin: Origin): Node {
    if (literal || !text.includes('$')) return textNode(text, origin)
    const { parts, defaulted } = interpolate(text, (name) => this.#variable(name))
    if (parts.includes(undefined)) return { kind: 'unknown', reason: 'placeholder', origin, parts }
    const place: Origin = defaulted ? { ...origin, kind: 'template-default' } : origin
    return textNode(parts.join(''), place)
  }

  #variable(name: string): Variable {
    const own = this.#settings.get(name)
    if (own !== undefined) return variableOf(own)
    return this.#outer === undefined ? { state: 'unknown' } : variableIn(this.#outer, name)
  }
}

/** A variable as `settings` (of .env files) know it. */
export function variableIn(settings: Settings, name: string): Variable {
  const found = lookup(settings, [name])
  if (found.state === 'set') return variableOf(found.node)
  return found.state === 'unset' ? { state: 'unset' } : { state: 'unknown' }
}

function variableOf(node: Node): Variable {
  if (node.kind === 'text' || node.kind === 'number' || node.kind === 'flag')
    return { state: 'set', text: String(node.value), origin: node.origin }
  return { state: 'unknown' }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/** Double quotes know a few escapes; `\$` keeps a dollar from being a variable. */
function unescaped(text: string): string {
  return text.replace(/\\([nrt"\\$])/g, (_all, one: string) => (one === '$' ? '$$' : (ESCAPES[one] ?? one)))
}

function doubtful(node: Node): Node {
  if (node.kind === 'unknown') return { ...node, reason: 'branch' }
  const parts = node.kind === 'text' ? [node.value] : []
  return { kind: 'unknown', reason: 'branch', origin: node.origin, parts }
}

function notUnderstood(origin: Origin): ParseProblem {
  return problem(
    'syntax',
    origin,
    'Diese Zeile setzt keine Variable; sie wurde übergangen.',
    'This line sets no variable; it was skipped.',
  )
}
