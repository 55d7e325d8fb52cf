// Reads a HOCON text into fields and pieces; what a strict parser refuses is noted, and reading goes on at the next line.
import { DEPTH_MAX, INCLUDES_MAX } from '../../core/limits.ts'
import { PLACEHOLDER } from '../../core/placeholder.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import { tooMuch } from '../common/problem.ts'
import { type Budget, Cursor, isBlank } from './cursor.ts'
import type { Field, ListPiece, ObjectPiece, Piece, Value } from './document.ts'
import { type Include, type Included, findIncluded, readInclude } from './include.ts'
import { readPath } from './keys.ts'

/** What the files of one reading share. */
export interface Shared {
  readonly include: Include
  readonly budget: Budget
  readonly files: string[]
  readonly problems: ParseProblem[]
  includes: number
}

/** The fields of one file. `prefix` is the path it is included at, `above` the files that include it. */
export function readDocument(
  file: SourceFile,
  shared: Shared,
  prefix: readonly string[] = [],
  above: readonly string[] = [],
): readonly Field[] {
  if (!shared.files.includes(file.path)) shared.files.push(file.path)
  const reader = new Reader(file, shared, prefix, [...above, file.path])
  const fields = reader.document()
  shared.problems.push(...reader.problems)
  return fields
}

class Reader {
  readonly #cursor: Cursor
  readonly #shared: Shared
  readonly #prefix: readonly string[]
  readonly #above: readonly string[]
  #stopped = false

  constructor(file: SourceFile, shared: Shared, prefix: readonly string[], above: readonly string[]) {
    this.#cursor = new Cursor(file)
    this.#shared = shared
    this.#prefix = prefix
    this.#above = above
  }

  get problems(): readonly ParseProblem[] {
    return this.#cursor.problems
  }

  document(): readonly Field[] {
    const cursor = this.#cursor
    cursor.skipSpace()
    if (cursor.char === '[') {
      cursor.refuse(cursor.at, 'Eine Liste ist keine Konfiguration.', 'A list is no configuration.')
      return []
    }
    const braced = cursor.char === '{'
    if (braced) cursor.at += 1
    const fields = this.#fields(braced ? '}' : undefined, this.#prefix, 0)
    cursor.skipSpace()
    if (!cursor.done && !this.#stopped) {
      const start = cursor.at
      cursor.skipLine()
      cursor.refuse(start, 'Nach dem Ende steht noch etwas.', 'Something follows the end.')
    }
    return fields
  }

  #fields(close: string | undefined, path: readonly string[], depth: number): Field[] {
    const cursor = this.#cursor
    const fields: Field[] = []
    for (;;) {
      cursor.skipSpace(true)
      if (this.#stopped) return fields
      if (cursor.done) {
        if (close !== undefined) this.#unclosed()
        return fields
      }
      if (cursor.char === close) {
        cursor.at += 1
        return fields
      }
      if (!this.#shared.budget.take()) this.#stop('too-many')
      else this.#field(fields, path, depth)
    }
  }

  #field(fields: Field[], path: readonly string[], depth: number): void {
    const cursor = this.#cursor
    const start = cursor.at
    const included = readInclude(cursor)
    if (included !== undefined) {
      fields.push(...this.#splice(included, path, cursor.origin(start)))
      this.#endOfField()
      return
    }
    const keys = readPath(cursor, '=:{+')
    if (keys === undefined) {
      this.#noKey(fields, start)
      return
    }
    const append = this.#separator()
    if (append === undefined) {
      this.#noKey(fields, start)
      return
    }
    const value = this.#value([...path, ...keys], depth)
    if (value !== undefined)
      fields.push({
        type: 'field',
        keys,
        append,
        value,
        origin: { ...value.origin, ...startAt(cursor.origin(start)) },
      })
    this.#endOfField()
  }

  /** Takes `=`, `:`, `+=`, or nothing before a brace. Returns whether it appends; undefined when there is none. */
  #separator(): boolean | undefined {
    const cursor = this.#cursor
    const before = cursor.at
    cursor.skipSpace()
    if (cursor.startsWith('+=')) {
      cursor.at += 2
    } else if (cursor.char === '=' || cursor.char === ':') {
      cursor.at += 1
    } else if (cursor.char !== '{') {
      cursor.at = before
      return undefined
    } else return false
    const append = cursor.text[cursor.at - 2] === '+' && cursor.text[cursor.at - 1] === '='
    cursor.skipSpace()
    return append
  }

  #noKey(fields: Field[], start: number): void {
    const cursor = this.#cursor
    const before = cursor.at
    cursor.skipLine()
    const line = cursor.text.slice(start, cursor.at)
    if (line.includes(PLACEHOLDER) && line.replaceAll(PLACEHOLDER, '').trim() === '') {
      fields.push({
        type: 'gap',
        node: { kind: 'unknown', reason: 'placeholder', origin: cursor.origin(start) },
      })
      return
    }
    cursor.at = before
    if (before === start && (cursor.char === '}' || cursor.char === ']')) cursor.at += 1
    else if (cursor.char !== '}' || before === start) cursor.skipLine()
    cursor.refuse(start, 'Hier wird ein Schlüssel mit Wert erwartet.', 'A key with a value is expected here.')
  }

  #endOfField(): void {
    const cursor = this.#cursor
    cursor.skipBlanks()
    const { char } = cursor
    if (char === undefined || '\n,}]'.includes(char) || cursor.atComment || this.#stopped) return
    const start = cursor.at
    cursor.skipLine()
    cursor.refuse(start, 'Nach dem Wert steht noch etwas.', 'Something follows the value.')
  }

  #value(path: readonly string[], depth: number): Value | undefined {
    const cursor = this.#cursor
    const start = cursor.at
    const pieces: Piece[] = []
    let end = start
    while (!this.#atEndOfValue()) {
      if (!this.#shared.budget.take()) this.#stop('too-many')
      if (this.#stopped) break
      const piece = this.#piece(path, depth)
      pieces.push(piece)
      if (piece.type !== 'text' || piece.quoted || piece.text.trim() !== '') end = cursor.at
    }
    while (pieces.length > 0 && isSpace(pieces.at(-1))) pieces.pop()
    if (pieces.length > 0) return { pieces, origin: cursor.origin(start, end) }
    cursor.refuse(start, 'Hier fehlt ein Wert.', 'A value is missing here.')
    return undefined
  }

  #atEndOfValue(): boolean {
    const { char } = this.#cursor
    return char === undefined || '\n,}]'.includes(char) || this.#cursor.atComment
  }

  #piece(path: readonly string[], depth: number): Piece {
    const cursor = this.#cursor
    const start = cursor.at
    if (cursor.char === '"') {
      const text = cursor.readQuoted()
      return { type: 'text', text, quoted: true, origin: cursor.origin(start) }
    }
    if (cursor.char === '{') return this.#object(path, depth + 1)
    if (cursor.char === '[') return this.#list(path, depth + 1)
    if (cursor.startsWith('${')) return this.#reference()
    if (isBlank(cursor.char)) cursor.skipBlanks()
    else this.#unquoted()
    return {
      type: 'text',
      text: cursor.text.slice(start, cursor.at),
      quoted: false,
      origin: cursor.origin(start),
    }
  }

  #object(path: readonly string[], depth: number): ObjectPiece {
    const cursor = this.#cursor
    const start = cursor.at
    cursor.at += 1
    if (depth > DEPTH_MAX) this.#stop('too-deep')
    const fields = this.#stopped ? [] : this.#fields('}', path, depth)
    return { type: 'object', fields, origin: cursor.origin(start) }
  }

  #list(path: readonly string[], depth: number): ListPiece {
    const cursor = this.#cursor
    const start = cursor.at
    cursor.at += 1
    const items: Value[] = []
    if (depth > DEPTH_MAX) this.#stop('too-deep')
    while (!this.#stopped) {
      cursor.skipSpace(true)
      if (cursor.done) {
        this.#unclosed()
        break
      }
      if (cursor.char === ']') {
        cursor.at += 1
        break
      }
      if (cursor.char === '}') {
        cursor.refuse(cursor.at, 'Hier fehlt eine schließende Klammer.', 'A closing bracket is missing here.')
        break
      }
      const item = this.#value(path, depth)
      if (item !== undefined) items.push(item)
      this.#endOfField()
    }
    return { type: 'list', items, origin: cursor.origin(start) }
  }

  #reference(): Piece {
    const cursor = this.#cursor
    const start = cursor.at
    cursor.at += 2
    const optional = cursor.char === '?'
    if (optional) cursor.at += 1
    cursor.skipBlanks()
    const keys = readPath(cursor, '}') ?? []
    if (cursor.char === '[' && cursor.startsWith('[]')) cursor.at += 2
    if (cursor.char === '}') cursor.at += 1
    else cursor.refuse(start, 'Diese Ersetzung endet nicht.', 'This substitution does not end.')
    return { type: 'reference', keys, optional, prefix: this.#prefix, origin: cursor.origin(start) }
  }

  /** A run without quotes. Characters that HOCON reserves are taken as text, and noted. */
  #unquoted(): void {
    const cursor = this.#cursor
    const start = cursor.at
    for (let { char } = cursor; char !== undefined; char = cursor.char) {
      if ('\n,}]{["'.includes(char) || isBlank(char) || cursor.atComment || cursor.startsWith('${')) return
      const isExponent =
        char === '+' && /\d[eE]$/.test(cursor.text.slice(Math.max(start, cursor.at - 2), cursor.at))
      cursor.at += 1
      if (RESERVED.includes(char) && !isExponent)
        cursor.refuse(
          cursor.at - 1,
          'Dieses Zeichen muss in Anführungszeichen stehen.',
          'This character must stand in quotes.',
        )
    }
  }

  #splice(included: Included, path: readonly string[], origin: Origin): readonly Field[] {
    const shared = this.#shared
    shared.includes += 1
    const found =
      shared.includes > INCLUDES_MAX
        ? tooMuch('too-many', origin)
        : findIncluded(included, this.#above, shared.include, origin)
    if ('text' in found) return readDocument(found, shared, path, this.#above)
    this.#cursor.note(found)
    if (found.code === 'include-cycle') return []
    return [{ type: 'gap', node: { kind: 'unknown', reason: 'include', origin } }]
  }

  #unclosed(): void {
    const cursor = this.#cursor
    cursor.refuse(
      Math.max(0, cursor.at - 1),
      'Am Ende fehlt eine schließende Klammer.',
      'A closing bracket is missing at the end.',
    )
  }

  #stop(code: 'too-deep' | 'too-many'): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#cursor.note(tooMuch(code, this.#cursor.origin(this.#cursor.at, this.#cursor.at + 1)))
    this.#cursor.at = this.#cursor.text.length
  }
}

/** Characters that unquoted text must not hold. */
const RESERVED = '$":=+`^?!@*&\\'

function isSpace(piece: Piece | undefined): boolean {
  return piece?.type === 'text' && !piece.quoted && piece.text.trim() === ''
}

function startAt({ line, column }: Origin): { readonly line: number; readonly column: number } {
  return { line, column }
}
