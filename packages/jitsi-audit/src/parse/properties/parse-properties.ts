// Reads Java properties as java.util.Properties.load does: continuation lines, escapes, three separators, the last one wins.
import { FILE_MAX_LENGTH } from '../../core/limits.ts'
import { LineIndex } from '../../core/origin.ts'
import type { Assignment, Settings } from '../../core/settings.ts'
import type { ParseProblem, SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { problem, startOf, tooLarge, tooMuch } from '../common/problem.ts'
import { textNode } from '../text-node.ts'
import { type LogicalLine, logicalLines } from './lines.ts'

/** Entries of one file; Jitsi's longest has about 150. */
const ENTRIES_MAX = 20_000

/**
 * The settings of one properties file. A key is one string with its dots: look it up as an array of one.
 * Never throws; a malformed `\u` escape makes Java refuse the whole file and is reported as such.
 */
export function parseProperties(file: SourceFile): Settings {
  if (file.text.length > FILE_MAX_LENGTH) return unread(file)
  const index = new LineIndex(file.path, file.text)
  const entries = new Map<string, Node>()
  const assignments: Assignment[] = []
  const live = new Map<string, number>()
  const problems: ParseProblem[] = []
  for (const line of logicalLines(file.text)) {
    if (assignments.length >= ENTRIES_MAX) {
      problems.push(tooMuch('too-many', index.origin(line.keyStart, line.end)))
      break
    }
    if (line.badEscape !== undefined) problems.push(badEscape(index, line.badEscape))
    const assignment = assignmentOf(line, index)
    const earlier = live.get(line.key)
    const lost = earlier === undefined ? undefined : assignments[earlier]
    if (earlier !== undefined && lost !== undefined)
      assignments[earlier] = { ...lost, lost: { reason: 'reassigned', to: assignment.origin } }
    live.set(line.key, assignments.length)
    assignments.push(assignment)
    entries.set(line.key, assignment.node)
  }
  return {
    completeness: problems.length === 0 ? 'complete' : 'fragment',
    root: { kind: 'map', entries, origin: index.origin(0, file.text.length) },
    assignments,
    problems,
    files: [file.path],
  }
}

function assignmentOf(line: LogicalLine, index: LineIndex): Assignment {
  return {
    path: line.key,
    keys: [line.key],
    node: textNode(line.value, index.origin(line.valueStart, line.end)),
    origin: index.origin(line.keyStart, line.end),
  }
}

function badEscape(index: LineIndex, at: number): ParseProblem {
  return problem(
    'syntax',
    index.origin(at, at + 2),
    'Unvollständige \\u-Folge: Java liest die ganze Datei dann nicht ein.',
    'Malformed \\u escape: Java then refuses the whole file.',
  )
}

function unread(file: SourceFile): Settings {
  return {
    completeness: 'fragment',
    root: { kind: 'map', entries: new Map(), origin: startOf(file.path) },
    assignments: [],
    problems: [tooLarge(file.path)],
    files: [file.path],
  }
}
