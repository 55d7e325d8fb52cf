// Parses Lua into luaparse's tree; lines that are no Lua are taken out one by one, and said so.
import { type Chunk, type Statement, parse } from 'luaparse'
import { LineIndex } from '../../core/origin.ts'
import type { ParseProblem, SourceFile } from '../../core/source.ts'
import { problem, startOf, tooLarge, tooMuch } from '../common/problem.ts'
import { maskLua } from './mask-lua.ts'

/** A prosody file with all of Jitsi's hosts has 30,000 characters. */
const LUA_MAX_LENGTH = 200_000

/** Longest file of which broken lines are taken out, and how many: each costs one more pass. */
const REPAIR_MAX_LENGTH = 100_000
const REPAIRS_MAX = 8

export interface LuaFile {
  readonly text: string
  readonly body: readonly Statement[]
  readonly lines: LineIndex
  readonly conditional: readonly (readonly [number, number])[]
  readonly problems: readonly ParseProblem[]
  /** False when a part of the file was left out: silence proves nothing then. */
  readonly whole: boolean
}

/** The statements of one file; never throws. */
export function parseLua(file: SourceFile): LuaFile {
  const lines = new LineIndex(file.path, file.text)
  if (file.text.length > LUA_MAX_LENGTH)
    return { text: '', body: [], lines, conditional: [], problems: [tooLarge(file.path)], whole: false }
  const masked = maskLua(file.text)
  const problems = masked.inserted.map((at) =>
    problem(
      'unsupported',
      lines.origin(at, at),
      'Hier setzt eine Vorlage Anweisungen ein, die nicht bekannt sind.',
      'Here a template inserts statements that are not known.',
    ),
  )
  const { body, faults } = parseTolerantly(masked.text, file.path, lines)
  return {
    text: file.text,
    body,
    lines,
    conditional: masked.conditional,
    problems: [...problems, ...faults],
    whole: problems.length === 0 && faults.length === 0,
  }
}

function parseTolerantly(
  text: string,
  path: string,
  lines: LineIndex,
): { body: readonly Statement[]; faults: readonly ParseProblem[] } {
  const faults: ParseProblem[] = []
  let current = withoutShebang(text)
  for (let round = 0; round <= REPAIRS_MAX; round += 1) {
    const result = parseOnce(current)
    if (result.kind === 'tree') return { body: result.chunk.body, faults }
    if (result.kind === 'deep') return { body: [], faults: [...faults, tooMuch('too-deep', startOf(path))] }
    faults.push(
      problem(
        'syntax',
        lines.origin(result.at, result.at),
        'Das ist kein gültiges Lua; prosody würde die Datei so nicht laden. Die Zeile wurde übergangen.',
        'This is not valid Lua; prosody would not load the file like this. The line was skipped.',
      ),
    )
    if (current.length > REPAIR_MAX_LENGTH) break
    const next = withoutLine(current, result.at)
    if (next === current) break
    current = next
  }
  return { body: longestPrefix(current, faults), faults }
}

/** What stands before the first fault: the last resort for a file that cannot be repaired line by line. */
function longestPrefix(text: string, faults: readonly ParseProblem[]): readonly Statement[] {
  const line = Math.min(...faults.map(({ origin }) => origin.line))
  let end = 0
  for (let count = 1; count < line; count += 1) {
    const next = text.indexOf('\n', end)
    if (next === -1) break
    end = next + 1
  }
  const result = parseOnce(text.slice(0, end))
  return result.kind === 'tree' ? result.chunk.body : []
}

type Parsed =
  | { readonly kind: 'tree'; readonly chunk: Chunk }
  | { readonly kind: 'fault'; readonly at: number }
  | { readonly kind: 'deep' }

function parseOnce(text: string): Parsed {
  try {
    return { kind: 'tree', chunk: parse(text, { luaVersion: '5.3', ranges: true, comments: false }) }
  } catch (error) {
    // A RangeError is the stack: luaparse descends recursively.
    if (error instanceof RangeError) return { kind: 'deep' }
    const at =
      typeof error === 'object' && error !== null && 'index' in error && typeof error.index === 'number'
        ? error.index
        : 0
    return { kind: 'fault', at: Math.min(Math.max(at, 0), text.length) }
  }
}

function withoutShebang(text: string): string {
  if (!text.startsWith('#') && !text.startsWith('\u{FEFF}')) return text
  const end = text.startsWith('#') ? text.indexOf('\n') : 1
  return end === -1 ? '' : ' '.repeat(end) + text.slice(end)
}

/** Blanks the line of the offset, or the last line with content when the fault is only noticed at the end. */
function withoutLine(text: string, at: number): string {
  let place = Math.min(at, text.length)
  while (
    place > 0 &&
    (place === text.length || text.slice(lineStart(text, place), place + 1).trim() === '')
  ) {
    const before = lineStart(text, place) - 1
    if (before < 0) break
    if (text.slice(lineStart(text, before), before).trim() !== '') {
      place = before
      break
    }
    place = before
  }
  const start = lineStart(text, place)
  const end = text.indexOf('\n', start)
  const stop = end === -1 ? text.length : end
  return text.slice(0, start) + ' '.repeat(stop - start) + text.slice(stop)
}

function lineStart(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
}
