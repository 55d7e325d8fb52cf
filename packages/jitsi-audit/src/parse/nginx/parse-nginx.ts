// Builds the tree of directives from nginx configuration, with included files of the set in their place.
import type { NginxDirective } from '../../core/installation.ts'
import { DEPTH_MAX, INCLUDES_MAX } from '../../core/limits.ts'
import { LineIndex } from '../../core/origin.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import { MASK, maskTemplates } from '../common/placeholder.ts'
import { mountedFiles } from '../common/reached.ts'
import { includeCycle, includeMissing, problem, tooLarge, tooMuch } from '../common/problem.ts'
import { NginxTokens, type Token } from './tokens.ts'

/** The largest real file, with all of Jitsi's locations for many hosts, has 100,000 characters. */
const NGINX_MAX_LENGTH = 400_000

/** Directives of one installation, those of files included several times counted each time. */
const DIRECTIVES_MAX = 30_000

const PROBLEMS_MAX = 200

/** Files of the set that match a path or glob, seen from the including file. */
export type IncludeMany = (pattern: string, fromFile: string) => readonly SourceFile[]

/** Shipped with nginx and certbot or made of one setting: says nothing about a Jitsi server when it is not in the set. */
const HARMLESS =
  /(?:^|\/)(?:mime\.types|fastcgi(?:_params|\.conf)|uwsgi_params|scgi_params|proxy_params|modules-enabled\/[^/]*|koi-utf|koi-win|win-utf|fastcgi-php\.conf|ssl-dhparams\.pem)$|\/modules\//

/** A tree being read; several files end up in one. */
export class NginxReader {
  readonly problems: ParseProblem[] = []
  /** Paths that were read, in order. */
  readonly read: string[] = []
  /** False once something that governs is missing or was left out. */
  whole = true
  readonly #files: readonly SourceFile[]
  readonly #include: IncludeMany
  readonly #open: string[] = []
  #includes = 0
  #directives = 0

  constructor(files: readonly SourceFile[], include: IncludeMany) {
    this.#files = files
    this.#include = include
  }

  /** The directives of a file, included ones in their place. */
  file(file: SourceFile): NginxDirective[] {
    this.read.push(file.path)
    if (file.text.length > NGINX_MAX_LENGTH) {
      this.whole = false
      this.report(tooLarge(file.path))
      return []
    }
    this.#open.push(file.path)
    const directives = new FileParser(this, file).run()
    this.#open.pop()
    return directives
  }

  report(one: ParseProblem): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push(one)
  }

  /** Takes one directive of the budget. */
  spend(origin: () => Origin): boolean {
    this.#directives += 1
    if (this.#directives <= DIRECTIVES_MAX) return true
    if (this.#directives === DIRECTIVES_MAX + 1) this.report(tooMuch('too-many', origin()))
    this.whole = false
    return false
  }

  include(pattern: string, from: string, origin: Origin, depth: number): NginxDirective[] {
    const named = this.#include(pattern, from)
    const found = named.length > 0 ? named : mountedFiles(this.#files, pattern, from)
    // A glob may match nothing on a healthy server; a name without wildcard has to exist.
    if (found.length === 0 && !HARMLESS.test(pattern)) {
      if (!/[*?[]/.test(pattern)) this.whole = false
      this.report(includeMissing(origin))
    }
    const all: NginxDirective[] = []
    for (const file of found) {
      this.#includes += 1
      if (this.#open.includes(file.path)) this.report(includeCycle(origin))
      else if (this.#includes > INCLUDES_MAX || this.#open.length + depth > DEPTH_MAX) {
        this.whole = false
        this.report(tooMuch('too-many', origin))
        break
      } else for (const one of this.file(file)) all.push(one)
    }
    return all
  }
}

interface Open {
  readonly children: NginxDirective[]
  /** The directive that the block belongs to; absent for the file itself. */
  readonly head?: Head
}

interface Head {
  readonly name: string
  readonly args: readonly string[]
  readonly start: number
}

class FileParser {
  readonly #reader: NginxReader
  readonly #path: string
  readonly #text: string
  readonly #lines: LineIndex
  readonly #tokens: NginxTokens
  readonly #stack: Open[] = [{ children: [] }]
  #words: Token[] = []

  constructor(reader: NginxReader, file: SourceFile) {
    this.#reader = reader
    this.#path = file.path
    this.#text = file.text
    this.#lines = new LineIndex(file.path, file.text)
    const masked = maskTemplates(file.text)
    if (masked.conditional.length > 0) {
      reader.whole = false
      const [start, end] = masked.conditional[0] ?? [0, 0]
      reader.report(conditional(this.#lines.origin(start, end)))
    }
    this.#tokens = new NginxTokens(masked.text)
  }

  run(): NginxDirective[] {
    for (let token = this.#tokens.next(); token !== undefined; token = this.#tokens.next()) {
      if (token.kind === 'word') this.#word(token)
      else if (token.kind === ';') this.#simple(token.end)
      else if (token.kind === '{') this.#openBlock(token)
      else this.#closeBlock(token)
    }
    this.#dropInserted()
    if (this.#words.length > 0) this.#fault(this.#words[0]?.start ?? 0)
    if (this.#stack.length > 1) this.#fault(this.#text.length)
    while (this.#stack.length > 1) this.#leave(this.#text.length)
    return this.#stack[0]?.children ?? []
  }

  #word(token: Token): void {
    if (token.first) this.#dropInserted()
    this.#words.push(token)
  }

  /** A masked expression that fills its line prints directives that nobody knows. */
  #dropInserted(): void {
    const [before] = this.#words
    if (before === undefined || this.#words.length > 1 || !before.first || !isGap(before.text)) return
    this.#reader.whole = false
    this.#reader.report(inserted(this.#origin(before.start, before.end)))
    this.#words = []
  }

  #head(): Head | undefined {
    const [name, ...rest] = this.#words
    this.#words = []
    if (name === undefined) return undefined
    return { name: oneGap(name.text), args: rest.map((one) => oneGap(one.text)), start: name.start }
  }

  #simple(end: number): void {
    const head = this.#head()
    if (head === undefined) return
    const origin = this.#origin(head.start, end)
    if (!this.#reader.spend(() => origin)) return
    const children = this.#stack.at(-1)?.children
    if (head.name === 'include' && head.args[0] !== undefined && !this.#insideCases()) {
      for (const one of this.#reader.include(head.args[0], this.#path, origin, this.#stack.length))
        children?.push(one)
    } else children?.push({ name: head.name, args: head.args, origin })
  }

  /** `include` inside `map`, `geo` and `types` reads cases, not directives. */
  #insideCases(): boolean {
    const name = this.#stack.at(-1)?.head?.name
    return name === 'map' || name === 'geo' || name === 'types'
  }

  #openBlock(token: Token): void {
    const head = this.#head() ?? { name: '', args: [], start: token.start }
    if (head.name === '') this.#fault(token.start)
    if (head.name.endsWith('_by_lua_block')) {
      this.#tokens.skipForeignBlock()
      return
    }
    if (this.#stack.length > DEPTH_MAX) {
      if (this.#stack.length === DEPTH_MAX + 1)
        this.#reader.report(tooMuch('too-deep', this.#origin(token.start, token.end)))
      this.#reader.whole = false
    }
    this.#stack.push({ children: [], head })
  }

  #closeBlock(token: Token): void {
    this.#dropInserted()
    if (this.#words.length > 0) {
      this.#fault(token.start)
      this.#words = []
    }
    if (this.#stack.length === 1) this.#fault(token.start)
    else this.#leave(token.end)
  }

  #leave(end: number): void {
    const closed = this.#stack.pop()
    if (closed?.head === undefined || this.#stack.length > DEPTH_MAX) return
    const { name, args, start } = closed.head
    const origin = this.#origin(start, end)
    if (!this.#reader.spend(() => origin)) return
    this.#stack.at(-1)?.children.push({ name, args, origin, children: closed.children })
  }

  #fault(at: number): void {
    this.#reader.whole = false
    this.#reader.report(
      problem(
        'syntax',
        this.#origin(at, at),
        'Hier fehlt ein Strichpunkt oder eine Klammer, oder eine ist zu viel; nginx startet so nicht.',
        'A semicolon or bracket is missing here, or one is too many; nginx does not start like this.',
      ),
    )
  }

  #origin(start: number, end: number): Origin {
    return this.#lines.origin(start, end)
  }
}

/** A masked expression is one gap, however long it was. */
function oneGap(text: string): string {
  return text.includes(MASK) ? text.replaceAll(/\u{E000}+/gu, MASK) : text
}

function isGap(text: string): boolean {
  return text.length > 0 && text.replaceAll(MASK, '') === ''
}

function conditional(origin: Origin): ParseProblem {
  return problem(
    'unsupported',
    origin,
    'Ob dieser Teil gilt, hängt von einer Bedingung der Vorlage ab, die nicht ausgewertet wurde.',
    'Whether this part applies depends on a condition of the template that was not evaluated.',
  )
}

function inserted(origin: Origin): ParseProblem {
  return problem(
    'unsupported',
    origin,
    'Hier setzt eine Vorlage Anweisungen ein, die nicht bekannt sind.',
    'Here a template inserts directives that are not known.',
  )
}
