// Judges Caddy: by itself it logs no requests; a log directive does (caddyserver.com/docs/caddyfile/directives/log).
import { type SourceFile, type Settings, includesOf } from '@runde/jitsi-audit/servers'
import { type CaddyLine, readCaddyfile } from './caddyfile.ts'
import { type Finding, type Kept, type Traces, both, quoted } from './finding.ts'
import { type Own, ownSites } from './ours.ts'
import { keptJournal } from './rotation.ts'

/** Imports that are followed, nested and in all. */
const IMPORTS_MAX = 500
const IMPORTS_DEEP = 20

/** Filters after which a field no longer names anybody; `hash` still tells who came back. */
const HIDING: ReadonlySet<string> = new Set(['delete', 'ip_mask', 'replace'])
const HIDING_PAGE: ReadonlySet<string> = new Set(['delete', 'replace', 'regexp'])

interface CaddySite {
  readonly names: readonly string[]
  readonly targets: readonly string[]
  readonly site: CaddyLine
  readonly lines: readonly CaddyLine[]
}

export function judgeCaddy(
  files: readonly SourceFile[],
  journald: Settings,
  own: Own | undefined,
): readonly Finding[] {
  const mine = files.filter(({ path }) => /(?:^|\/)(?:Caddyfile[^/]*$|caddy\/)/.test(path))
  const mains = mine.filter(({ path }) => /(?:^|\/)Caddyfile$/.test(path))
  return mains.flatMap((main) => {
    const reader = new CaddyReader(mine)
    const lines = wholeFile(reader.expanded(readCaddyfile(main), main.path, 0))
    const sites = ownSites(lines.flatMap(siteOf), own)
    const found = [...lines.flatMap(judgeGlobal), ...sites.flatMap((site) => judgeSite(site, journald))]
    return found.length > 0 ? found : [nothing(main)]
  })
}

function nothing({ path }: SourceFile): Finding {
  return {
    service: 'Caddy',
    state: 'unclear',
    traces: [],
    place: { file: path, line: 1 },
    says: both('Hier steht keine Seite.', 'There is no site here.'),
  }
}

/** A file with a single site may leave its braces out: the first line names it, the others are its directives. */
function wholeFile(lines: readonly CaddyLine[]): readonly CaddyLine[] {
  const [first, ...rest] = lines.filter(({ words }) => words.length > 0)
  if (first === undefined || first.block !== undefined || isSnippet(first)) return lines
  const global = lines.filter(({ words }) => words.length === 0)
  return [...global, { ...first, block: rest }]
}

function isSnippet({ words }: CaddyLine): boolean {
  return words[0]?.startsWith('(') === true
}

function siteOf(line: CaddyLine): CaddySite[] {
  if (line.words.length === 0 || line.block === undefined || /^&?\(/.test(line.words[0] ?? '')) return []
  const names = line.words.flatMap((word) => word.split(',')).filter((name) => name !== '')
  return [{ names, targets: targetsOf(line.block), site: line, lines: line.block }]
}

/** Addresses that reverse_proxy passes requests on to, wherever in the site it stands. */
function targetsOf(lines: readonly CaddyLine[]): readonly string[] {
  return lines.flatMap(({ words, block = [] }) => [
    ...(words[0] === 'reverse_proxy' || words[0] === 'to' ? words.slice(1) : []),
    ...targetsOf(block),
  ])
}

/** Puts the lines of imported snippets and files in the place of the import. */
class CaddyReader {
  readonly #files: readonly SourceFile[]
  readonly #snippets = new Map<string, readonly CaddyLine[]>()
  #imports = 0

  constructor(files: readonly SourceFile[]) {
    this.#files = files
  }

  expanded(lines: readonly CaddyLine[], file: string, depth: number): readonly CaddyLine[] {
    return lines.flatMap((line) => {
      const [first = '', target] = line.words
      if (isSnippet(line)) {
        this.#snippets.set(first.slice(1, -1), line.block ?? [])
        return [line]
      }
      if (first === 'import' && target !== undefined) return this.#imported(target, file, depth)
      return [
        line.block === undefined ? line : { ...line, block: this.expanded(line.block, file, depth + 1) },
      ]
    })
  }

  #imported(target: string, file: string, depth: number): readonly CaddyLine[] {
    if (++this.#imports > IMPORTS_MAX || depth > IMPORTS_DEEP) return []
    const snippet = this.#snippets.get(target)
    if (snippet !== undefined) return this.expanded(snippet, file, depth + 1)
    const found = includesOf(this.#files).many(target, file)
    return found.flatMap((one) => this.expanded(readCaddyfile(one), one.path, depth + 1))
  }
}

/** `debug` in the global options writes every request that is passed on, with its address. */
function judgeGlobal({ words, block = [] }: CaddyLine): Finding[] {
  const found = words.length === 0 ? block.find((line) => line.words[0] === 'debug') : undefined
  if (found === undefined) return []
  return [
    {
      service: 'Caddy',
      state: 'logs',
      traces: ['addresses', 'pages'],
      place: { file: found.file, line: found.line },
      kept: { kind: 'unknown' },
      says: both(
        'debug schreibt jeden weitergeleiteten Aufruf mit Adresse und Seite mit.',
        'debug logs every request that is passed on, with address and page.',
      ),
      change: both('Diese Zeile löschen.', 'Delete this line.'),
    },
  ]
}

function judgeSite({ site, lines, names }: CaddySite, journald: Settings): readonly Finding[] {
  const place = { file: site.file, line: site.line }
  const skipped = lines.some(
    ({ words }) => /^(?:log_skip|skip_log)$/.test(words[0] ?? '') && (words[1] ?? '*') === '*',
  )
  const logs = skipped ? [] : lines.filter(({ words }) => words[0] === 'log')
  const found = logs.flatMap((log) => judgeLog(log, journald))
  if (found.length > 0) return found
  return [
    {
      service: 'Caddy',
      state: 'clean',
      traces: [],
      place,
      says: both(
        `Für ${quoted(names.join(', '))} werden Aufrufe nicht mitgeschrieben.`,
        `For ${quoted(names.join(', '))} requests are not logged.`,
      ),
    },
  ]
}

function judgeLog(log: CaddyLine, journald: Settings): Finding[] {
  const output = log.block?.find(({ words }) => words[0] === 'output')
  if (output?.words[1] === 'discard') return []
  const traces = tracesOf(log.block?.find(({ words }) => words[0] === 'format'))
  if (traces.length === 0) return []
  const lines = { de: `Zeilen ${log.line} bis ${log.endLine}`, en: `lines ${log.line} to ${log.endLine}` }
  const one = log.line === log.endLine
  return [
    {
      service: 'Caddy',
      state: 'logs',
      traces,
      place: { file: log.file, line: log.line },
      kept: keptOutput(output, journald),
      says: both('Jeder Aufruf wird mitgeschrieben.', 'Every request is logged.'),
      change: one
        ? both('Diese Zeile löschen.', 'Delete this line.')
        : both(`Den Block log löschen (${lines.de}).`, `Delete the block log (${lines.en}).`),
    },
  ]
}

/** What stays in the log: everything, unless a filter takes the fields out. */
function tracesOf(format: CaddyLine | undefined): readonly Traces[] {
  const lines = format?.words[1] === 'filter' ? fieldsOf(format.block ?? []) : []
  const hides = (field: string, by: ReadonlySet<string>): boolean =>
    lines.some(({ words }) => words[0] === field && by.has(words[1] ?? ''))
  // An address stands in both: that of the connection, and that which a trusted proxy passed on.
  const addresses = hides('request>remote_ip', HIDING) && hides('request>client_ip', HIDING)
  const whole = hides('request', new Set(['delete']))
  if (whole) return []
  return [
    ...(addresses ? [] : (['addresses'] as const)),
    ...(hides('request>uri', HIDING_PAGE) ? [] : (['pages'] as const)),
  ]
}

/** Filters stand in the block itself or, as in older versions, in one called fields. */
function fieldsOf(block: readonly CaddyLine[]): readonly CaddyLine[] {
  return block.flatMap((line) => (line.words[0] === 'fields' ? (line.block ?? []) : [line]))
}

/** Caddy starts a new file by size; only with an interval do days limit what is kept. */
function keptOutput(output: CaddyLine | undefined, journald: Settings): Kept {
  if (output?.words[1] === undefined || /^std(?:err|out)$/.test(output.words[1])) return keptJournal(journald)
  if (output.words[1] !== 'file') return { kind: 'unknown' }
  const options = new Map(
    (output.block ?? []).map(({ words, line }) => [words[0], { value: words[1] ?? '', line }]),
  )
  if (options.has('roll_disabled')) return { kind: 'unknown' }
  const place = { file: output.file, line: output.line }
  if (!options.has('roll_interval')) return { kind: 'endless', place }
  const keep = options.get('roll_keep_for')
  const days = keep === undefined ? DEFAULT_KEEP_DAYS : daysOf(keep.value)
  return days === undefined
    ? { kind: 'unknown' }
    : { kind: 'days', days, place: { ...place, line: keep?.line ?? place.line } }
}

/** Caddy's own default of roll_keep_for, 2160h. */
const DEFAULT_KEEP_DAYS = 90

/** `720h`, `30d`; undefined for anything else. */
function daysOf(text: string): number | undefined {
  const found = /^(\d{1,6})(h|d)$/.exec(text)
  if (found === null) return undefined
  return Math.ceil(Number(found[1]) / (found[2] === 'h' ? 24 : 1))
}
