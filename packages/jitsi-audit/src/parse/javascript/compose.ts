// Puts the parts of a script together as a server does (appended files, server-side includes) and keeps where each character came from.
import { INCLUDES_MAX } from '../../core/limits.ts'
import { LineIndex } from '../../core/origin.ts'
import { PLACEHOLDER } from '../../core/placeholder.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import { includeCycle, includeMissing, problem, startOf, tooLarge, tooMuch } from '../common/problem.ts'
import { SCRIPT_MAX_LENGTH } from './limits.ts'
import type { Place } from './values.ts'

/** Finds a file of the set; `from` is the path of the file that names it. */
export type Include = (path: string, from: string) => SourceFile | undefined

/** A stretch of the script that stands in one file, or that one directive produced (`fixed`). */
interface Piece {
  readonly start: number
  readonly end: number
  readonly source: number
  readonly lines: LineIndex
  readonly fixed?: Origin
}

/** The whole script as the browser gets it. */
export class Script {
  readonly text: string
  readonly files: readonly string[]
  readonly problems: readonly ParseProblem[]
  readonly #pieces: readonly Piece[]

  constructor(
    text: string,
    pieces: readonly Piece[],
    files: readonly string[],
    problems: readonly ParseProblem[],
  ) {
    this.text = text
    this.files = files
    this.problems = problems
    this.#pieces = pieces
  }

  /** The place in the file that an expression was written in; one that spans files ends with the first. */
  origin({ start, end }: Place): Origin {
    const piece = this.#pieceAt(start)
    if (piece === undefined) return startOf(this.files[0] ?? '')
    if (piece.fixed !== undefined) return piece.fixed
    const from = Math.min(start, piece.end)
    const to = Math.max(from, Math.min(end, piece.end))
    return piece.lines.origin(from - piece.start + piece.source, to - piece.start + piece.source)
  }

  #pieceAt(offset: number): Piece | undefined {
    let low = 0
    let high = this.#pieces.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#pieces[middle]?.start ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return this.#pieces[low]
  }
}

/** A letter that may stand in names and takes the place of a template's gap, so that the rest can be read. */
export const GAP = '\u16EA'

/** Joins the files in order; directives `<!--#include ... -->` and `<!--#echo ... -->` are carried out first. */
export function compose(files: readonly SourceFile[], include: Include): Script {
  const composer = new Composer(include)
  for (const file of files) composer.append(file, [])
  return composer.finish()
}

class Composer {
  readonly #include: Include
  readonly #pieces: Piece[] = []
  readonly #texts: string[] = []
  readonly #files: string[] = []
  readonly #problems: ParseProblem[] = []
  #length = 0
  #includes = 0

  constructor(include: Include) {
    this.#include = include
  }

  append(file: SourceFile, above: readonly string[]): void {
    if (this.#length + file.text.length > SCRIPT_MAX_LENGTH) {
      this.#problems.push(tooLarge(file.path))
      return
    }
    if (!this.#files.includes(file.path)) this.#files.push(file.path)
    const lines = new LineIndex(file.path, file.text)
    let from = file.text.startsWith('\uFEFF') ? 1 : 0
    for (let at = file.text.indexOf('<!--#', from); at !== -1; at = file.text.indexOf('<!--#', from)) {
      const close = file.text.indexOf('-->', at)
      if (close === -1) break
      this.#copy(file.text, from, at, lines)
      from = close + 3
      this.#carryOut(readDirective(file.text.slice(at + 5, close)), { file, at, end: from, lines, above })
    }
    this.#copy(file.text, from, file.text.length, lines)
    this.#add('\n', file.text.length, lines)
  }

  finish(): Script {
    const text = this.#texts.join('').replaceAll(PLACEHOLDER, GAP)
    return new Script(text, this.#pieces, this.#files, this.#problems)
  }

  #carryOut(directive: Directive, where: Where): void {
    const { file, at, end, lines, above } = where
    const origin = lines.origin(at, end)
    const target = directive.parameters.get('file') ?? directive.parameters.get('virtual')
    if (directive.name === 'include' && target !== undefined) {
      this.#splice(target, origin, file.path, [...above, file.path])
    } else if (directive.name === 'echo') {
      const text = directive.parameters.get('default') ?? PLACEHOLDER
      this.#add(text, at, lines, { ...origin, kind: 'template-default' })
    } else {
      this.#problems.push(
        problem(
          'unsupported',
          origin,
          'Diese Anweisung des Webservers wird nicht ausgewertet.',
          'This directive of the web server is not evaluated.',
        ),
      )
    }
  }

  #splice(target: string, origin: Origin, from: string, above: readonly string[]): void {
    this.#includes += 1
    if (this.#includes > INCLUDES_MAX) {
      this.#problems.push(tooMuch('too-many', origin))
      return
    }
    const included = this.#include(target, from)
    if (included === undefined) this.#problems.push(includeMissing(origin))
    else if (above.includes(included.path)) this.#problems.push(includeCycle(origin))
    else this.append(included, above)
  }

  #copy(text: string, from: number, to: number, lines: LineIndex): void {
    if (to > from) this.#add(text.slice(from, to), from, lines)
  }

  #add(text: string, source: number, lines: LineIndex, fixed?: Origin): void {
    if (text === '') return
    const start = this.#length
    this.#length += text.length
    const piece = { start, end: this.#length, source, lines }
    this.#pieces.push(fixed === undefined ? piece : { ...piece, fixed })
    this.#texts.push(text)
  }
}

interface Where {
  readonly file: SourceFile
  readonly at: number
  readonly end: number
  readonly lines: LineIndex
  readonly above: readonly string[]
}

interface Directive {
  readonly name: string
  readonly parameters: ReadonlyMap<string, string>
}

function readDirective(text: string): Directive {
  const parameters = new Map<string, string>()
  for (const [, key, double, single] of text.slice(0, DIRECTIVE_MAX).matchAll(PARAMETER))
    if (key !== undefined) parameters.set(key, double ?? single ?? '')
  return { name: /^\s*(\w*)/.exec(text)?.[1] ?? '', parameters }
}

/** Longest directive that is looked at. */
const DIRECTIVE_MAX = 2000

const PARAMETER = /(?<!\w)(\w{1,40})\s{0,10}=\s{0,10}(?:"([^"]*)"|'([^']*)')/g
