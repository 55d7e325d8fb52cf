// `runde surroundings`: reads the configuration of the programs around the server and says what they log, how long, and how to change it.
import { parseArgs } from 'node:util'
import type { Bilingual } from '@runde/contract'
import type { Language } from '@runde/dossier'
import { loadConfig } from '../config/load.ts'
import { terminalLanguage } from '../language.ts'
import { StartFailure } from '../start-failures.ts'
import { type Finding, type Kept, type Traces, quoted } from '../surroundings/finding.ts'
import { judgeSurroundings } from '../surroundings/judge.ts'
import type { Own } from '../surroundings/ours.ts'
import { LOG_DAYS } from '../surroundings/rotation.ts'
import { isReadable, usualPaths } from '../surroundings/places.ts'
import { readFileSet, shownName } from './audit-jitsi-files.ts'
import type { Command, CommandContext } from './command.ts'

/** Prints one paragraph per place; exit code 1 when something is logged that the server itself does not store. */
export const surroundings: Command = async (args, context) => {
  const language = terminalLanguage(context.env)
  const given = pathsFrom(args)
  const wanted = given.length > 0 ? given : usualPaths()
  const words = WORDS[language]
  if (wanted.length === 0) return context.print(words.nothing)
  const { files, skipped, full } = await readFileSet(wanted, () => undefined)
  const findings = judgeSurroundings(files, ownFrom(context))
  const shown = (name: string): string => quoted(shownName(name, full))
  for (const finding of findings) for (const line of linesOf(finding, language, shown)) context.print(line)
  const unread = [
    ...skipped
      .filter(({ why }) => why === 'unreadable' || why === 'too-large')
      .map(({ path }) => shown(path)),
    ...wanted.filter((path) => !isReadable(path)).map(quoted),
  ]
  for (const path of new Set(unread)) context.print(words.unread(path))
  context.print(summary(findings, unread.length, language))
  if (findings.some(({ state }) => state === 'logs')) process.exitCode = 1
}

function pathsFrom(args: readonly string[]): readonly string[] {
  try {
    return parseArgs({ args: [...args], options: {}, strict: true, allowPositionals: true }).positionals
  } catch (error) {
    const text = {
      de: 'Dieser Befehl kennt nur Pfade. Mehr zeigt runde --help.',
      en: 'This command knows paths only. See runde --help.',
    }
    throw new StartFailure({ code: 'usage', text }, error)
  }
}

/** Without a usable configuration every site counts: the command is also run before the first start. */
function ownFrom(context: CommandContext): Own | undefined {
  try {
    const { config } = loadConfig(context.env)
    return { host: new URL(config.publicUrl).hostname, port: config.port }
  } catch {
    return undefined
  }
}

function linesOf(
  { service, state, traces, place, says, kept, change }: Finding,
  language: Language,
  shown: (name: string) => string,
): string[] {
  const words = WORDS[language]
  const what =
    traces.length === 0
      ? ''
      : ` ${words.holds}: ${traces.map((trace) => TRACES[trace][language]).join(', ')}.`
  const indent = '  '
  return [
    `${words.state[state].padEnd(12)} ${service}, ${shown(place.file)}:${place.line}`,
    `${indent}${says[language]}${what}`,
    ...(kept === undefined ? [] : [`${indent}${keptText(kept, language, shown)}`]),
    ...(change === undefined ? [] : [`${indent}${words.change}: ${change[language]}`]),
  ]
}

const TRACES: Readonly<Record<Traces, Bilingual>> = {
  addresses: { de: 'Netzadressen', en: 'network addresses' },
  pages: { de: 'Seiten mit der Kennung der Besprechung', en: "pages with the meeting's id" },
}

function keptText(kept: Kept, language: Language, shown: (name: string) => string): string {
  const words = WORDS[language]
  const at =
    kept.kind === 'unknown' || kept.place === undefined
      ? ''
      : ` (${shown(kept.place.file)}:${kept.place.line})`
  switch (kept.kind) {
    case 'days':
      return `${words.days(kept.days)}${at}${kept.days > LOG_DAYS ? words.tooLong : ''}`
    case 'endless':
      return `${words.endless}${at}`
    case 'unknown':
      return words.unknown
  }
}

function summary(findings: readonly Finding[], unread: number, language: Language): string {
  const count = (state: Finding['state']): number =>
    findings.filter((finding) => finding.state === state).length
  return WORDS[language].summary(count('logs'), count('unclear') + unread, count('clean'))
}

interface Words {
  readonly nothing: string
  readonly holds: string
  readonly change: string
  readonly state: Readonly<Record<Finding['state'], string>>
  readonly days: (days: number) => string
  readonly tooLong: string
  readonly endless: string
  readonly unknown: string
  readonly unread: (path: string) => string
  readonly summary: (logs: number, unclear: number, clean: number) => string
}

const WORDS: Readonly<Record<Language, Words>> = {
  de: {
    nothing:
      'An den üblichen Orten liegt keine Konfiguration von nginx, Caddy, Apache, coturn, journald oder logrotate. Andere Orte lassen sich angeben: runde surroundings PFAD...',
    holds: 'Darin stehen',
    change: 'Ändern',
    state: { logs: 'SPEICHERT', clean: 'in Ordnung', unclear: 'ungeklärt' },
    days: (days) => `Aufbewahrt: etwa ${days} ${days === 1 ? 'Tag' : 'Tage'}`,
    tooLong: `; länger als ${LOG_DAYS} Tage braucht einen Grund`,
    endless: 'Aufbewahrt: ohne zeitliche Grenze',
    unknown: 'Aufbewahrt: aus diesen Dateien nicht zu erkennen',
    unread: (path) => `ungeklärt    ${path} lässt sich nicht lesen.`,
    summary: (logs, unclear, clean) =>
      `Stellen, die speichern, was der Server nicht speichert: ${logs}; ungeklärt: ${unclear}; in Ordnung: ${clean}. Es wurde nichts geändert.`,
  },
  en: {
    nothing:
      'There is no configuration of nginx, Caddy, Apache, coturn, journald or logrotate in the usual places. Other places may be named: runde surroundings PATH...',
    holds: 'It holds',
    change: 'Change',
    state: { logs: 'STORES', clean: 'fine', unclear: 'unclear' },
    days: (days) => `Kept: about ${days} ${days === 1 ? 'day' : 'days'}`,
    tooLong: `; longer than ${LOG_DAYS} days needs a reason`,
    endless: 'Kept: without any limit in time',
    unknown: 'Kept: cannot be told from these files',
    unread: (path) => `unclear      ${path} cannot be read.`,
    summary: (logs, unclear, clean) =>
      `Places that store what the server does not store: ${logs}; unclear: ${unclear}; fine: ${clean}. Nothing was changed.`,
  },
}
