// Questions that many rules of the groups B, C and E ask in the same way: a feature switched on, a switch demanded, a foreign address.
import type { Bilingual } from '@runde/contract'
import type { Installation } from '../../core/installation.ts'
import type { Edit, Severity, Verdict } from '../../core/rule.ts'
import { type Assignment, type Lookup, type Settings, lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { appendLine, replaceValue } from '../helpers/edits.ts'
import { type HostKind, hostOf, isForeign, urlKind } from '../helpers/hosts.ts'
import { environmentFlag, items, member, text } from '../helpers/values.ts'
import { both, met, missing, overridden, undecidable, violated } from '../helpers/verdicts.ts'

export type Path = string | readonly string[]

/** Truth of a switch in every dialect: flags, words, numbers, the 0 and 1 of environments, and script values. */
export function truth(node: Node): boolean | undefined {
  if (node.kind === 'flag') return node.value
  if (node.kind === 'number') return node.value !== 0
  if (node.kind === 'null') return false
  if (node.kind === 'list' || node.kind === 'map') return true
  if (node.kind === 'unknown') return undefined
  return !['', '0', 'false', 'no', 'off', 'f', '"0"', "'0'"].includes(node.value.trim().toLowerCase())
}

/** The first of several names of one setting that is written; the newest name comes first. */
export function firstOf(settings: Settings, paths: readonly Path[]): Lookup {
  const found = paths.map((path) => lookup(settings, path))
  return (
    found.find(({ state }) => state === 'set') ??
    found.find((one) => one.state === 'unknown' && one.origin !== undefined) ??
    found.find(({ state }) => state === 'unknown') ??
    found[0] ?? { state: 'unset', lost: [] }
  )
}

/** The place of a file that says nothing: its default holds. */
export function silent(settings: { readonly files: readonly string[] }): Origin | undefined {
  const file = settings.files.findLast((path) => !path.startsWith('image:')) ?? settings.files.at(-1)
  return file === undefined || file === '' ? undefined : defaultIn(file)
}

/** A default that holds because `file` is silent. */
export function defaultIn(file: string, line = 1): Origin {
  return { kind: 'stock-default', file, line, column: 1, endLine: line, endColumn: 1 }
}

/** Whether a setting is on: undefined where it cannot be told. */
export function isOn(settings: Settings, paths: readonly Path[], byDefault = false): boolean | undefined {
  const found = firstOf(settings, paths)
  if (found.state === 'unset') return byDefault
  return found.state === 'unknown' ? undefined : truth(found.node)
}

/** A text that is written and not empty; undefined for anything else. */
export function textOf(
  settings: Settings,
  path: Path,
): { readonly value: string; readonly origin: Origin } | undefined {
  const found = lookup(settings, path)
  const value = found.state === 'set' ? text(found.node)?.trim() : undefined
  return value === undefined || value === '' || found.state !== 'set'
    ? undefined
    : { value, origin: found.origin }
}

/** Writes a line at the end of the script that runs last; nothing where the script stops before its end. */
export function appendScript(settings: Settings, line: string): readonly Edit[] {
  if (settings.problems.some(({ code }) => code === 'throws' || code === 'syntax')) return []
  const file = settings.files.findLast(
    (path) => /\.js(?:\.[a-z0-9]{1,8})?$/.test(path) && !path.startsWith('image:'),
  )
  return appendLine(file, line)
}

/** Puts one of two texts in the place of a value: the script's, or the one that fits an environment file. */
export function replaceIn(
  origin: Origin | undefined,
  inFile: string,
  inEnvironment: string,
): readonly Edit[] {
  return replaceValue(origin, origin?.kind === 'environment' ? inEnvironment : inFile)
}

const WHY_LOST: Readonly<Record<string, Bilingual>> = {
  reassigned: both('eine spätere Zuweisung ersetzt sie', 'a later assignment replaces it'),
  'parent-replaced': both('das ganze Objekt wird später ersetzt', 'the whole object is replaced later'),
  'after-throw': both('das Skript bricht vorher ab', 'the script stops before it'),
  'stronger-source': both('eine stärkere Quelle gewinnt', 'a stronger source wins'),
  'dead-branch': both('ihr Zweig läuft nie', 'its branch never runs'),
}

/** Says why a line that looks right has no effect. */
function lossDetail(lost: Assignment): Bilingual {
  const why = WHY_LOST[lost.lost?.reason ?? 'reassigned']
  return both(
    `${lost.path} steht in ${lost.origin.file}, Zeile ${lost.origin.line}, wirkt aber nicht: ${why?.de ?? ''}.`,
    `${lost.path} stands in ${lost.origin.file}, line ${lost.origin.line}, but has no effect: ${why?.en ?? ''}.`,
  )
}

interface SwitchOptions {
  /** Name of what must be in the set to decide, such as `config.js`. */
  readonly file: string
  readonly severity?: Severity | undefined
  readonly detail?: Bilingual | undefined
  /** Default of the software where nothing is written. */
  readonly byDefault?: boolean
  /** No edit, because a person has to decide. */
  readonly byHand?: boolean
}

/** A feature that should be off: violated while on, met while a present and complete file does not switch it on. */
export function shouldBeOff(
  settings: Settings,
  paths: readonly Path[],
  options: SwitchOptions,
): readonly Verdict[] {
  const found = firstOf(settings, paths)
  const on =
    found.state === 'set'
      ? truth(found.node)
      : found.state === 'unset'
        ? (options.byDefault ?? false)
        : undefined
  if (on === undefined)
    return [undecidable(found.state === 'unset' ? undefined : found.origin, missing(options.file))]
  if (found.state !== 'set') {
    if (on) return [violated(silent(settings), options)]
    const beaten = beatenBy(found.lost, true)
    return [
      beaten === undefined
        ? met(silent(settings))
        : overridden([beaten.origin, beaten.lost?.to], { detail: lossDetail(beaten) }),
    ]
  }
  if (on) {
    const edits = options.byHand === true ? [] : replaceIn(found.origin, 'false', '0')
    return [violated(found.origin, { severity: options.severity, detail: options.detail, edits })]
  }
  const beaten = beatenBy(found.lost, true)
  if (beaten !== undefined) return [overridden([beaten.origin, found.origin], { detail: lossDetail(beaten) })]
  return [met(found.origin)]
}

interface DemandOptions {
  readonly file: string
  readonly severity?: Severity | undefined
  readonly detail?: Bilingual | undefined
  /** The line that mends when nothing is written, for the script that runs last. */
  readonly line?: string
}

/** A switch that must be on (`wanted` true) or off: violated when a complete set is silent. */
export function mustBe(
  settings: Settings,
  paths: readonly Path[],
  wanted: boolean,
  options: DemandOptions,
): readonly Verdict[] {
  const found = firstOf(settings, paths)
  if (found.state === 'unknown') return [undecidable(found.origin, missing(options.file))]
  const value = found.state === 'set' ? truth(found.node) : undefined
  if (found.state === 'set' && value === undefined) return [undecidable(found.origin, missing(options.file))]
  if (value === wanted && found.state === 'set') return [met(found.origin)]
  const beaten = beatenBy(found.lost, wanted)
  const place = found.state === 'set' ? found.origin : silent(settings)
  const edits =
    found.state === 'set'
      ? replaceIn(found.origin, String(wanted), wanted ? '1' : '0')
      : options.line === undefined
        ? []
        : appendScript(settings, options.line)
  return [
    violated([place, beaten?.origin], {
      severity: options.severity,
      detail: beaten === undefined ? options.detail : lossDetail(beaten),
      edits,
    }),
  ]
}

function beatenBy(lost: readonly Assignment[], wanted: boolean): Assignment | undefined {
  return lost.find(({ node, origin }) => origin.kind === 'file' && truth(node) === wanted)
}

/** Every address in a value: texts, lists of texts, and maps with `url`/`urls` members. */
export function addressesIn(
  node: Node,
): readonly { readonly url: string | undefined; readonly origin: Origin }[] {
  return items(node).flatMap((one) => {
    if (one.kind === 'map') {
      const inner = member(one, 'url') ?? member(one, 'urls')
      return inner === undefined ? [] : addressesIn(inner)
    }
    return [{ url: text(one), origin: one.origin }]
  })
}

interface ForeignOptions {
  readonly file: string
  readonly severity?: Severity | undefined
  /** Shown in front of the host: what goes there. */
  readonly what: Bilingual
  /** What a foreign value is replaced by; absent where a person has to name the own address. */
  readonly empty?: string
}

/** Addresses that must be the operator's own: one verdict for each that is not. */
export function mustBeOwn(
  installation: Installation,
  settings: Settings,
  paths: readonly Path[],
  options: ForeignOptions,
): readonly Verdict[] {
  const bad: Verdict[] = []
  const unclear: Verdict[] = []
  const good: Verdict[] = []
  for (const path of paths) {
    const found = lookup(settings, path)
    if (found.state === 'unset') continue
    if (found.state === 'unknown') {
      if (found.origin !== undefined) unclear.push(undecidable(found.origin, missing(options.file)))
      continue
    }
    const name = typeof path === 'string' ? path : path.join('.')
    for (const { url, origin } of addressesIn(found.node)) {
      if (url?.trim() === '') continue
      const kind = url === undefined ? 'unknown' : urlKind(url, installation)
      if (isForeign(kind)) bad.push(violated(origin, foreignExtra(name, url, kind, found.origin, options)))
      else if (kind === 'unknown') unclear.push(undecidable(origin, whoseHost(name, url)))
      else good.push(met(origin))
    }
  }
  if (bad.length > 0) return bad
  if (unclear.length > 0) return unclear
  if (settings.completeness !== 'complete' && good.length === 0)
    return [undecidable(undefined, missing(options.file))]
  return good.length > 0 ? good : [met(silent(settings))]
}

function foreignExtra(
  name: string,
  url: string | undefined,
  kind: HostKind,
  origin: Origin,
  options: ForeignOptions,
): { readonly detail: Bilingual; readonly edits: readonly Edit[]; readonly severity: Severity | undefined } {
  const host = url === undefined ? '?' : (hostOf(url) ?? '?')
  const owner = kind === 'google' ? ' (Google)' : kind === 'jitsi' ? ' (8x8)' : ''
  return {
    severity: options.severity,
    detail: both(
      `${name}: ${options.what.de} ${host}${owner}.`,
      `${name}: ${options.what.en} ${host}${owner}.`,
    ),
    edits: options.empty === undefined ? [] : replaceIn(origin, options.empty, ''),
  }
}

/** For a host that may be the operator's own: nothing in the set says so. */
export function whoseHost(name: string, url: string | undefined): { readonly detail: Bilingual } {
  const host = url === undefined ? '?' : (hostOf(url) ?? '?')
  return {
    detail: both(
      `${name} nennt ${host}; ob das Ihr eigener Server ist, geht aus den Dateien nicht hervor.`,
      `${name} names ${host}; the files do not tell whether that server is your own.`,
    ),
  }
}

/** Names of images that are built anew all the time. */
const MOVING = /^(?:unstable|latest|nightly|edge|master|main)$/

/** Whether the release came out before a date; a moving name counts as new; undefined when no release or no date is known. */
export function releasedBefore({ release }: Installation, date: string): boolean | undefined {
  if (release?.date !== undefined) return release.date < date
  return release !== undefined && MOVING.test(release.name) ? false : undefined
}

/** Where the files name the release; undefined when the caller merely assumes one. */
export function releasePlace({ release }: Installation): Origin | undefined {
  return release === undefined || release.origin.file === '' ? undefined : release.origin
}

/** Whether the set runs in containers, so that an image's defaults hold. */
export function hasImages(installation: Installation): boolean {
  return installation.kind === 'docker' || installation.services.length > 0
}

/** One statement may govern several servers: said once. */
export function onePerPlace(verdicts: readonly Verdict[]): readonly Verdict[] {
  const seen = new Set<string>()
  return verdicts.filter(({ state, origins: [first] }) => {
    const key = `${state} ${first?.file ?? ''}:${first?.line ?? 0}:${first?.column ?? 0}`
    return seen.has(key) ? false : seen.add(key).has(key)
  })
}

/** A variable of the images decides where the release, and so the key in config.js, is not known. */
export function orByVariable(
  installation: Installation,
  name: string,
  verdicts: readonly Verdict[],
): readonly Verdict[] {
  if (!verdicts.every(({ state }) => state === 'undecidable')) return verdicts
  const { value, origin } = environmentFlag(installation, name, false)
  return value === true && origin !== undefined ? [violated(origin)] : verdicts
}
