// Configuration that shell scripts write: here-documents into a file, and `echo ... >> file`.
import { LineIndex } from '../core/origin.ts'
import { PLACEHOLDER } from '../core/placeholder.ts'
import type { SourceFile } from '../core/source.ts'
import { Output } from './template/output.ts'
import { mapOfSpans, type SourceMap } from './template/source-map.ts'

/** Largest script that is looked through, in UTF-16 units. */
const SCRIPT_MAX_LENGTH = 100_000
/** Files that one script may write. */
const TARGETS_MAX = 50

const HEREDOC =
  /^[^\n#]{0,300}(?:\bcat|\btee(?: -a)?)\b([^\n]{0,300}?)<<-?[ \t]*(["']?)([A-Za-z_]\w{0,40})\2([^\n]{0,300})$/gm
const TARGET = />{1,2}[ \t]*["']?([^\s"'<>|;&]{1,200})|\btee[ \t]+(?:-a[ \t]+)?["']?([^\s"'<>|;&]{1,200})/
const ECHO =
  /^[ \t]*echo[ \t]+(?:-[en]+[ \t]+)?(?:"([^"\n]{0,1000})"|'([^'\n]{0,1000})')[ \t]*>>?[ \t]*["']?([^\s"'<>|;&]{1,200})["']?[ \t]*(?:\|\||&&|;|$)/gm

/** The same over several lines, as postinst scripts of packages write a whole file. */
const LONG_ECHO =
  /^[ \t]*echo[ \t]+"((?:[^"\\]|\\[^]){1,6000})"[ \t]*(>>?)[ \t]*["']?([^\s"'<>|;&]{1,200})["']?[ \t]*$/gm
/** `NAME="/some/path"`: where the script writes to, when it names its files in variables. */
const PATH_VARIABLE = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w{0,60})=["']?(\/[\w./-]{1,200})["']?[ \t]*$/gm

/** True for a shell script, by name or first line. */
export function isScript(file: SourceFile): boolean {
  return (
    /\.(?:sh|bash)$/.test(file.path) ||
    /(?:^|\/)scripts\/(?:install|upgrade|config|change_url)$/.test(file.path) ||
    /^#!\s*\/\S*(?:sh|bash|with-contenv)/.test(file.text.slice(0, 60))
  )
}

/** Marks, in its path, a file of which only additions are known. */
export const APPENDED = 'append/'

export interface Written {
  readonly file: SourceFile
  readonly map: SourceMap
}

/** Files that the script writes, as far as their text is in it. */
export function filesWrittenBy(script: SourceFile): readonly Written[] {
  if (script.text.length > SCRIPT_MAX_LENGTH) return []
  const outputs = new Map<string, Output>()
  const whole = new Set<string>()
  const pieces = [...heredocs(script), ...echoes(script), ...longEchoes(script)].toSorted(
    (a, b) => a.start - b.start,
  )
  const paths = new Map(
    [...script.text.matchAll(PATH_VARIABLE)].map(([, name = '', path = '']) => [name, path]),
  )
  for (const { target: written, start, text, expands, replaces } of pieces) {
    const target = written.replace(/^\$\{?(\w+)\}?$/, (whole, name: string) => paths.get(name) ?? whole)
    if (replaces) whole.add(target)
    if (outputs.size >= TARGETS_MAX && !outputs.has(target)) continue
    const output = outputs.get(target) ?? new Output('bare')
    outputs.set(target, output)
    copy(output, text, start, expands)
  }
  const index = new LineIndex(script.path, script.text)
  return [...outputs].map(([target, output]) => {
    const part = whole.has(target) ? '' : APPENDED
    const path = `${script.path}#${part}${target.replaceAll(/\$\{?\w+\}?/g, 'x')}`
    const inner = mapOfSpans(script, output.text, output.spans)
    return { file: { path, text: output.text }, map: output.spans.length === 0 ? start(index) : inner }
  })
}

function start(index: LineIndex): SourceMap {
  return { place: () => ({ origin: index.origin(0, 0), doubtful: false }) }
}

interface Piece {
  readonly target: string
  readonly start: number
  readonly text: string
  /** The shell puts variables in. */
  readonly expands: boolean
  /** The file begins with it (`>`), it does not go behind what is there (`>>`). */
  readonly replaces: boolean
}

function* heredocs(script: SourceFile): Generator<Piece> {
  HEREDOC.lastIndex = 0
  for (const match of script.text.matchAll(HEREDOC)) {
    const [line, before = '', quote = '', word = '', after = ''] = match
    const target = TARGET.exec(`${line.includes('tee') ? line.slice(line.indexOf('tee')) : before} ${after}`)
    const path = target?.[1] ?? target?.[2]
    if (path === undefined || path === '/dev/null') continue
    const start = match.index + line.length + 1
    const end = endOfHeredoc(script.text, start, word)
    yield {
      target: path,
      start,
      text: script.text.slice(start, end),
      expands: quote === '',
      replaces: !/>>|tee[ \t]+-a/.test(line),
    }
  }
}

/** Offset of the line that ends the document; the end of the script when there is none. */
function endOfHeredoc(text: string, from: number, word: string): number {
  for (let at = from; at < text.length;) {
    const newline = text.indexOf('\n', at)
    const end = newline === -1 ? text.length : newline
    if (text.slice(at, end).trim() === word) return at
    at = end + 1
  }
  return text.length
}

function* echoes(script: SourceFile): Generator<Piece> {
  for (const match of script.text.matchAll(ECHO)) {
    const [, double, single, target] = match
    const text = double ?? single
    if (text === undefined || target === undefined) continue
    const start = match.index + match[0].indexOf(text)
    yield { target, start, text: `${text}\n`, expands: double !== undefined, replaces: false }
  }
}

function* longEchoes(script: SourceFile): Generator<Piece> {
  for (const match of script.text.matchAll(LONG_ECHO)) {
    const [whole, text = '', arrow = '', target = ''] = match
    if (!text.includes('\n')) continue
    const start = match.index + whole.indexOf(text)
    let at = 0
    // The backslash before a quote is the shell's: pieces between them keep their places.
    for (const escape of text.matchAll(/\\(?=["\\])/g)) {
      yield {
        target,
        start: start + at,
        text: text.slice(at, escape.index),
        expands: true,
        replaces: arrow === '>',
      }
      at = escape.index + 1
    }
    yield { target, start: start + at, text: `${text.slice(at)}\n`, expands: true, replaces: arrow === '>' }
  }
}

const VARIABLE = /\\?\$(?:\{[^{}\n]{1,200}\}|\w{1,60}|\([^()\n]{0,200}\))|`[^`\n]{0,200}`/g

function copy(output: Output, text: string, start: number, expands: boolean): void {
  let at = 0
  if (expands)
    for (const match of text.matchAll(VARIABLE)) {
      if (match[0].startsWith('\\')) continue
      output.copy(text.slice(at, match.index).replaceAll(PLACEHOLDER, ''), start + at)
      output.unknown(start + match.index)
      at = match.index + match[0].length
    }
  output.copy(text.slice(at), start + at)
}
