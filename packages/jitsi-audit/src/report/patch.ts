// Writes the mechanical mends as one unified diff that `patch -p1` and `git apply` understand; what does not fit together is left out and said.
import type { SourceFile } from '../core/source.ts'
import { type LineChange, Lines, type PlacedEdit, collide, lineChanges } from './line-edits.ts'
import { Masker } from './mask.ts'
import type { Finding, Report } from './report.ts'

/** Lines around a change, as `diff -u` gives them. */
const CONTEXT = 3

/** Why the mend of a finding is not in the patch. */
export type LeftOut =
  /** A graver finding changes the same characters. */
  | 'conflict'
  /** The changed line holds a secret, and secrets are printed nowhere. */
  | 'secret'
  /** The file cannot be named in a patch. */
  | 'name'

export interface Patch {
  /** Empty when nothing can be mended mechanically. */
  readonly text: string
  /** Keys of the findings that the patch mends. */
  readonly mends: readonly string[]
  readonly leftOut: readonly { readonly key: string; readonly rule: string; readonly why: LeftOut }[]
}

interface FileState {
  readonly lines: Lines
  readonly edits: PlacedEdit[]
}

/** The patch for all violated findings with edits. @param files the set the report was made from */
export function patchOf(report: Report, files: readonly SourceFile[]): Patch {
  const masker = new Masker()
  const states = new Map<string, FileState>()
  const byPath = new Map(files.map((file) => [file.path, file.text]))
  const stateOf = (path: string): FileState | undefined => {
    const known = states.get(path)
    const text = byPath.get(path)
    if (known !== undefined || text === undefined) return known
    const made = { lines: new Lines(text), edits: [] }
    states.set(path, made)
    return made
  }
  const mends: string[] = []
  const leftOut: Patch['leftOut'][number][] = []
  for (const finding of report.findings) {
    if (finding.state !== 'violated' || finding.edits.length === 0) continue
    const why = accept(finding, stateOf, masker)
    if (why === undefined) mends.push(finding.key)
    else leftOut.push({ key: finding.key, rule: finding.rule, why })
  }
  const texts = [...states]
    .filter(([, { edits }]) => edits.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { lines, edits }]) => fileDiff(path, lines, lineChanges(lines, edits), masker))
  return { text: texts.join(''), mends, leftOut }
}

/** All edits of a finding or none: half a mend may be worse than none. */
function accept(
  finding: Finding,
  stateOf: (path: string) => FileState | undefined,
  masker: Masker,
): LeftOut | undefined {
  const wanted: { state: FileState; edit: PlacedEdit }[] = []
  for (const edit of finding.edits) {
    const state = stateOf(edit.file)
    if (state === undefined || !isNameable(edit.file)) return 'name'
    const placed = state.lines.place(edit)
    if (state.edits.some((other) => same(other, placed))) continue
    if (state.edits.some((other) => collide(other, placed))) return 'conflict'
    const changed = lineChanges(state.lines, [placed]).flatMap(({ removed, added }) => [...removed, ...added])
    if (changed.some((line) => masker.hides(line.replace(/\r?\n$/, '')))) return 'secret'
    wanted.push({ state, edit: placed })
  }
  for (const { state, edit } of wanted) state.edits.push(edit)
  return undefined
}

/** Two rules that ask for the same words at the same place need them once. */
function same(a: PlacedEdit, b: PlacedEdit): boolean {
  return a.from === b.from && a.to === b.to && a.text === b.text
}

/** Blanks are fine (a tab ends the name); control characters, quotes and ways out of the folder are not. */
function isNameable(path: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return !/[\u0000-\u001F\u007F"\\]/.test(path) && !path.split('/').includes('..') && !path.startsWith('/')
}

interface Hunk {
  /** Line range `[from, to)` of the old text, context included. */
  from: number
  to: number
  changes: LineChange[]
}

function fileDiff(path: string, lines: Lines, changes: readonly LineChange[], masker: Masker): string {
  const hunks: Hunk[] = []
  for (const change of changes) {
    const end = change.at + change.removed.length
    const around = contextOf(lines, change.at, end, masker)
    const from = Math.max(0, change.at - around)
    const to = Math.min(lines.count, end + around)
    const last = hunks.at(-1)
    if (last !== undefined && from <= last.to) {
      last.to = Math.max(last.to, to)
      last.changes.push(change)
    } else hunks.push({ from, to, changes: [change] })
  }
  const name = /\s/.test(path) ? `${path}\t` : path
  let shift = 0
  let text = `--- a/${name}\n+++ b/${name}\n`
  for (const hunk of hunks) {
    evenOut(lines, hunk)
    text += writeHunk(lines, hunk, shift)
    for (const { removed, added } of hunk.changes) shift += added.length - removed.length
  }
  return text
}

/** `patch` takes the side with fewer lines for the edge of the file, so both get the same number unless it is the edge. */
function evenOut(lines: Lines, hunk: Hunk): void {
  const first = hunk.changes[0]
  const last = hunk.changes.at(-1)
  if (first === undefined || last === undefined) return
  const end = last.at + last.removed.length
  const before = first.at - hunk.from
  const after = hunk.to - end
  if (before < after && hunk.from > 0) hunk.to = end + before
  if (after < before && hunk.to < lines.count) hunk.from = first.at - after
}

/** Number of lines of context on both sides without a secret among them. */
function contextOf(lines: Lines, start: number, end: number, masker: Masker): number {
  for (let around = CONTEXT; around > 0; around--) {
    const before = lines.slice(Math.max(0, start - around), start)
    const after = lines.slice(end, Math.min(lines.count, end + around))
    if (![...before, ...after].some((line) => masker.hides(line.replace(/\r?\n$/, '')))) return around
  }
  return 0
}

function writeHunk(lines: Lines, { from, to, changes }: Hunk, shift: number): string {
  let body = ''
  let oldCount = 0
  let newCount = 0
  const put = (sign: ' ' | '-' | '+', line: string): void => {
    body += `${sign}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`
    if (sign !== '+') oldCount++
    if (sign !== '-') newCount++
  }
  let at = from
  for (const change of changes) {
    for (const line of lines.slice(at, change.at)) put(' ', line)
    for (const line of change.removed) put('-', line)
    for (const line of change.added) put('+', line)
    at = change.at + change.removed.length
  }
  for (const line of lines.slice(at, to)) put(' ', line)
  // A side without lines names the line before it (POSIX diff, unified format).
  const oldStart = oldCount === 0 ? from : from + 1
  const newStart = newCount === 0 ? from + shift : from + shift + 1
  return `@@ -${oldStart},${oldCount} +${newStart},${newCount} @@\n${body}`
}
