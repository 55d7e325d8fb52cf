// Reads logrotate's files into stanzas with the directives in effect: global ones so far, own ones over them (logrotate.conf(5)).
import type { LogrotateStanza } from '../../core/installation.ts'
import { INCLUDES_MAX } from '../../core/limits.ts'
import { LineIndex } from '../../core/origin.ts'
import type { Completeness } from '../../core/settings.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import { maskTemplates } from '../common/placeholder.ts'
import { includeCycle, includeMissing, problem, startOf, tooLarge, tooMuch } from '../common/problem.ts'

/** A whole logrotate.d in one file stays below. */
const LOGROTATE_MAX_LENGTH = 200_000

const STANZAS_MAX = 2_000

/** Different directives in effect at one place; logrotate knows about seventy. */
const DIRECTIVES_MAX = 100
const PROBLEMS_MAX = 100

/** Directives that open a script of their own, up to `endscript`. */
const SCRIPTS = new Set(['prerotate', 'postrotate', 'firstaction', 'lastaction', 'preremove'])

/** Only the last of these counts: each says when a log is due. */
export const CRITERIA: readonly string[] = ['hourly', 'daily', 'weekly', 'monthly', 'yearly', 'size']

type Directives = Map<string, { readonly value: string; readonly origin: Origin }>

export interface Rotation {
  /** `complete` when `logrotate.conf` was read with all that it includes: a log without stanza is then kept for ever. */
  readonly completeness: Completeness
  readonly stanzas: readonly LogrotateStanza[]
  readonly problems: readonly ParseProblem[]
  readonly files: readonly string[]
}

/** `logrotate.conf` first, with the files of the folder that it includes in its place; the others after it. */
export function readRotation(files: readonly SourceFile[]): Rotation {
  const reader = new RotationReader(files)
  for (const file of files.filter((one) => isMain(one))) reader.file(file)
  for (const file of files) if (!reader.read.has(file.path)) reader.file(file)
  const completeness = reader.whole && files.some((one) => isMain(one)) ? 'complete' : 'fragment'
  return {
    completeness: files.length === 0 ? 'absent' : completeness,
    stanzas: reader.stanzas,
    problems: reader.problems,
    files: [...reader.read],
  }
}

function isMain(file: SourceFile): boolean {
  return /(?:^|\/)logrotate\.conf$/.test(file.path)
}

class RotationReader {
  readonly stanzas: LogrotateStanza[] = []
  readonly problems: ParseProblem[] = []
  readonly read = new Set<string>()
  whole = true
  readonly #files: readonly SourceFile[]
  /** Global directives so far; those of an included file stay for the files after it. */
  readonly #global: Directives = new Map()
  #includes = 0

  constructor(files: readonly SourceFile[]) {
    this.#files = files
  }

  file(file: SourceFile): void {
    this.read.add(file.path)
    if (file.text.length > LOGROTATE_MAX_LENGTH) {
      this.whole = false
      this.#report(tooLarge(file.path))
      return
    }
    const lines = new LineIndex(file.path, file.text)
    const masked = maskTemplates(file.text)
    if (masked.conditional.length > 0) this.whole = false
    let patterns: string[] = []
    let start: Origin | undefined
    let own: Directives | undefined
    let inScript = false
    for (const line of linesOf(masked.text)) {
      const origin = lines.origin(line.start, line.start + line.text.length)
      const [word, rest] = split(line.text)
      if (inScript) inScript = word !== 'endscript'
      else if (line.text.startsWith('#') || word === '') continue
      else if (own === undefined && opensPattern(line.text)) {
        start ??= origin
        const { words, open } = patternsOf(line.text)
        patterns.push(...words)
        if (open) own = this.stanzas.length < STANZAS_MAX ? new Map(this.#global) : new Map()
      } else if (own !== undefined && word.startsWith('}')) {
        this.#stanza(patterns, own, {
          ...(start ?? origin),
          endLine: origin.endLine,
          endColumn: origin.endColumn,
        })
        patterns = []
        start = undefined
        own = undefined
      } else if (SCRIPTS.has(word)) inScript = true
      else if (word === 'include' && own === undefined) this.#include(rest, origin)
      else set(own ?? this.#global, word, rest, origin)
    }
    if (own !== undefined || patterns.length > 0) this.#unfinished(patterns, own, start ?? startOf(file.path))
  }

  #stanza(patterns: readonly string[], directives: Directives, origin: Origin): void {
    if (this.stanzas.length < STANZAS_MAX) this.stanzas.push({ patterns, directives, origin })
    else {
      this.whole = false
      this.#report(tooMuch('too-many', origin))
    }
  }

  #unfinished(patterns: readonly string[], own: Directives | undefined, origin: Origin): void {
    this.whole = false
    this.#report(
      problem(
        'syntax',
        origin,
        'Dieser Abschnitt wird nicht geschlossen; logrotate übergeht ihn.',
        'This section is not closed; logrotate skips it.',
      ),
    )
    if (own !== undefined) this.#stanza(patterns, own, origin)
  }

  /** A folder (all its files by name) or one file of the set. */
  #include(target: string, origin: Origin): void {
    const wanted = target.replace(/^\.?\//, '').replace(/\/$/, '')
    const found = this.#files
      .filter(({ path }) => isAt(path, wanted) || isAt(folderOf(path), wanted))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
    if (found.length === 0) {
      this.whole = false
      this.#report(includeMissing(origin))
    }
    for (const file of found) {
      this.#includes += 1
      if (this.read.has(file.path)) this.#report(includeCycle(origin))
      else if (this.#includes <= INCLUDES_MAX) this.file(file)
      else this.whole = false
    }
  }

  #report(one: ParseProblem): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push(one)
  }
}

function set(directives: Directives, word: string, rest: string, origin: Origin): void {
  // `size=100M` is one word to people and two to logrotate.
  const equals = word.indexOf('=')
  const name = equals === -1 ? word : word.slice(0, equals)
  const value = (equals === -1 ? rest : `${word.slice(equals + 1)} ${rest}`).trim()
  if (CRITERIA.includes(name)) for (const other of CRITERIA) directives.delete(other)
  // The pairs that switch each other off.
  directives.delete(name.startsWith('no') ? name.slice(2) : `no${name}`)
  if (directives.size < DIRECTIVES_MAX) directives.set(name, { value, origin })
}

function* linesOf(text: string): Generator<{ text: string; start: number }, void, undefined> {
  let start = 0
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    const at = start + line.indexOf(trimmed)
    start += line.length + 1
    // `/var/log/x { daily` and `rotate 7 }` put on one line what else stands on two.
    yield* pieces(trimmed, at)
  }
}

function* pieces(text: string, start: number): Generator<{ text: string; start: number }, void, undefined> {
  const open = opensPattern(text) ? text.indexOf('{') : -1
  const rest = open === -1 ? text : text.slice(open + 1)
  const inside = rest.trim()
  const at = open === -1 ? start : start + open + 1 + rest.indexOf(inside)
  if (open !== -1) yield { text: text.slice(0, open + 1), start }
  if (inside === '' && open !== -1) return
  if (/\s\}$/.test(inside) && !inside.startsWith('#')) {
    yield { text: inside.slice(0, -1).trim(), start: at }
    yield { text: '}', start: at + inside.length - 1 }
  } else yield { text: inside, start: at }
}

function split(text: string): readonly [string, string] {
  const end = text.search(/\s/)
  return end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end).trim()]
}

/** A path, a quoted path, a lone bracket, or a gap that a template left. */
function opensPattern(text: string): boolean {
  return /^["'/~*{\u{E000}]/u.test(text) || (/\{\s*$/.test(text) && !text.startsWith('#'))
}

function patternsOf(text: string): { words: readonly string[]; open: boolean } {
  const open = text.endsWith('{')
  const words = [...(open ? text.slice(0, -1) : text).matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)]
  return { words: words.map(([, double, single, plain]) => double ?? single ?? plain ?? ''), open }
}

function isAt(path: string, wanted: string): boolean {
  return path === wanted || path.endsWith(`/${wanted}`) || (path !== '' && wanted.endsWith(`/${path}`))
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('/')
  return end === -1 ? '' : path.slice(0, end)
}
