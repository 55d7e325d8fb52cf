// Reads journald.conf and its drop-ins (journald.conf(5), systemd.syntax(7)) and spans of time as systemd writes them (systemd.time(7)).
import { LineIndex } from '../../core/origin.ts'
import { type Settings, lookup } from '../../core/settings.ts'
import type { ParseProblem, SourceFile } from '../../core/source.ts'
import { FlatSettings } from '../common/flat-settings.ts'
import { maskTemplates, textNodeOfTemplate } from '../common/placeholder.ts'
import { problem, startOf, tooLarge } from '../common/problem.ts'

/** The shipped file, all comments included, has 2,000 characters. */
const JOURNALD_MAX_LENGTH = 100_000

const PROBLEMS_MAX = 50

/** Folders from the weakest to the strongest: a drop-in in `/etc` replaces one of the same name in `/usr/lib`. */
const FOLDERS = [/(?:^|\/)usr\/(?:local\/)?lib\//, /(?:^|\/)run\//, /./]

/** Keys of `[Journal]` to texts: the main file, then the drop-ins by name; an empty value restores the default. */
export function readJournald(files: readonly SourceFile[]): Settings {
  const settings = new FlatSettings()
  const problems: ParseProblem[] = []
  const ordered = inOrder(files)
  for (const file of ordered) {
    if (file.text.length > JOURNALD_MAX_LENGTH) problems.push(tooLarge(file.path))
    else readFile(file, settings, problems)
  }
  const [first] = ordered
  if (first === undefined) return settings.finish('absent', [], startOf(''), [])
  const complete = ordered.some((one) => isMain(one)) && problems.every(({ code }) => code !== 'too-large')
  const paths = ordered.map(({ path }) => path)
  return settings.finish(complete ? 'complete' : 'fragment', paths, startOf(first.path), problems)
}

function isMain(file: SourceFile): boolean {
  return /(?:^|\/)journald\.conf$/.test(file.path)
}

function inOrder(files: readonly SourceFile[]): readonly SourceFile[] {
  const byName = new Map<string, SourceFile>()
  for (const file of files) {
    const name = isMain(file) ? '' : file.path.slice(file.path.lastIndexOf('/') + 1)
    const before = byName.get(name)
    if (before === undefined || strength(file) >= strength(before)) byName.set(name, file)
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file)
}

function strength(file: SourceFile): number {
  return FOLDERS.findIndex((folder) => folder.test(file.path))
}

function readFile(file: SourceFile, settings: FlatSettings, problems: ParseProblem[]): void {
  const lines = new LineIndex(file.path, file.text)
  let start = 0
  let section = ''
  for (const line of maskTemplates(file.text).text.split('\n')) {
    const content = line.trim()
    const from = start + line.indexOf(content)
    start += line.length + 1
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue
    const origin = lines.origin(from, from + content.length)
    const heading = /^\[([^\]]*)\]$/.exec(content)
    const equals = content.indexOf('=')
    if (heading !== null) section = heading[1] ?? ''
    else if (equals > 0 && section === 'Journal') {
      const key = content.slice(0, equals).trim()
      const value = content.slice(equals + 1).trim()
      if (value === '') settings.unset(key, origin)
      else settings.set(key, textNodeOfTemplate(value, origin), origin)
    } else if (problems.length < PROBLEMS_MAX)
      problems.push(
        problem(
          'syntax',
          origin,
          'Das ist keine Einstellung im Abschnitt [Journal]; systemd übergeht die Zeile.',
          'This is no setting in the section [Journal]; systemd skips the line.',
        ),
      )
  }
}

/** Seconds of one unit (systemd.time(7)); month and year as systemd counts them. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:|s|sec|second|seconds)$/, 1],
  [/^(?:m|min|minute|minutes)$/, 60],
  [/^(?:h|hr|hour|hours)$/, 3_600],
  [/^(?:d|day|days)$/, 86_400],
  [/^(?:w|week|weeks)$/, 604_800],
  [/^(?:M|month|months)$/, 2_629_800],
  [/^(?:y|year|years)$/, 31_557_600],
  [/^(?:ms|msec)$/, 0.001],
  [/^(?:us|µs|μs|usec)$/, 0.000_001],
]

/** `7day`, `1month 2d`, `3600`: seconds. `infinity` is Infinity; undefined is no span of time. */
export function timeSpanSeconds(text: string): number | undefined {
  const span = text.trim()
  if (span === 'infinity') return Number.POSITIVE_INFINITY
  const pieces = [...span.matchAll(/\s*(\d{1,15}(?:\.\d{1,9})?)\s*([A-Za-zµμ]*)/gy)]
  if (pieces.length === 0 || pieces.map(([all]) => all).join('').length !== span.length) return undefined
  let seconds = 0
  for (const [, number, unit] of pieces) {
    const factor = UNITS.find(([pattern]) => pattern.test(unit ?? ''))?.[1]
    if (factor === undefined) return undefined
    seconds += Number(number) * factor
  }
  return seconds
}

/** Days after which the journal forgets: `MaxRetentionSec`; undefined when unset or 0 (then only size limits it), `unknown` when it cannot be told. */
export function journalRetentionDays(journald: Settings): number | 'unknown' | undefined {
  const found = lookup(journald, ['MaxRetentionSec'])
  if (found.state === 'unset') return undefined
  if (found.state === 'unknown' || found.node.kind !== 'text') return 'unknown'
  const seconds = timeSpanSeconds(found.node.value)
  if (seconds === undefined) return 'unknown'
  return seconds === 0 || seconds === Number.POSITIVE_INFINITY ? undefined : seconds / 86_400
}
