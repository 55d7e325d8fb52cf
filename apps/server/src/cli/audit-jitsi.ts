// `runde audit-jitsi`: examines the configuration of a Jitsi server and says what personal data goes where, and how to mend it.
import { readFileSync, writeFileSync } from 'node:fs'
import {
  type ComparableFinding,
  LEFT_OUT_WORDS,
  type Patch,
  type Report,
  SEVERITIES,
  audit,
  comparable,
  compareReports,
  patchOf,
  plain,
  readEarlier,
  renameFiles,
  toHtml,
  toJson,
  toMarkdown,
  toSarif,
} from '@runde/jitsi-audit'
import { type Language, terminalLanguage } from '../language.ts'
import { StartFailure, explainStartFailure } from '../start-failures.ts'
import { VERSION } from '../version.ts'
import { type AuditArguments, type FailOn, readAuditArguments, usage } from './audit-jitsi-arguments.ts'
import { type FileSet, readFileSet, shownName } from './audit-jitsi-files.ts'
import { toTerminal } from './audit-jitsi-terminal.ts'
import type { Print } from './audit-jitsi-print.ts'
import type { Command, CommandContext } from './command.ts'

/** Exit codes: fine, something severe is violated, the call itself was wrong. */
const EXIT_SEVERE = 1
const EXIT_USAGE = 2

/** Characters per line where nobody says how many there are. */
const DEFAULT_WIDTH = 100

/** Sets smaller than this are read before anybody wonders. */
const PROGRESS_FROM = 200

export const auditJitsi: Command = async (args, context) => {
  try {
    const asked = readAuditArguments(args, terminalLanguage(context.env))
    process.exitCode = await run(asked, context.env)
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error
    process.exitCode = EXIT_USAGE
    const language = languageOf(args) ?? terminalLanguage(context.env)
    process.stderr.write(`${explainStartFailure(error.kind)[language]}\n`)
  }
}

async function run(asked: AuditArguments, env: CommandContext['env']): Promise<number> {
  const earlier = asked.compare === undefined ? undefined : readOld(asked.compare)
  const print = await printOf(asked.outputs)
  const { set, only } = await gather(asked)
  if (set.files.length === 0)
    throw usage({
      de: 'Darin ist keine lesbare Textdatei.',
      en: 'There is no readable text file in it.',
    })
  const found = audit(set.files, {
    ownHosts: asked.ownHosts,
    skipped: set.skipped,
    ...(asked.assumeRelease === undefined ? {} : { assumeRelease: asked.assumeRelease }),
    ...(only === undefined ? {} : { only }),
  })
  const report = renameFiles(found, (name) => shownName(name, set.full))
  const comparison = earlier === undefined ? undefined : compareReports(earlier, comparable(report))
  const { language } = asked
  writeFiles(asked, report, patchOf(found, set.files))
  await print?.(report, { language, now: Date.now(), version: VERSION }, write)
  const text = asked.json
    ? toJson(report, language, comparison)
    : toTerminal(report, { language, ...terminal(env) }, comparison)
  process.stdout.write(text)
  return isSevere(report, asked.failOn) ? EXIT_SEVERE : 0
}

/** PDF and Word need large libraries, which nobody else waits for. */
async function printOf({ pdf, docx }: AuditArguments['outputs']): Promise<Print | undefined> {
  if (pdf === undefined && docx === undefined) return undefined
  const { preparePrint } = await import('./audit-jitsi-print.ts')
  return await preparePrint({
    ...(pdf === undefined ? {} : { pdf }),
    ...(docx === undefined ? {} : { docx }),
  })
}

async function gather({
  paths,
  live,
  yes,
  language,
}: AuditArguments): Promise<{ set: FileSet; only?: readonly string[] }> {
  const progress = process.stderr.isTTY ? progressLine(language) : undefined
  const set = await readFileSet(paths, (count) => progress?.show(count))
  progress?.clear()
  if (live === undefined) return { set }
  const { OUTSIDE_RULES, confirm, lookFromOutside } = await import('./audit-jitsi-live.ts')
  if (!yes) await confirm(live, language)
  const files = await lookFromOutside(live)
  return {
    set: { ...set, files: [...set.files, ...files] },
    ...(paths.length === 0 ? { only: OUTSIDE_RULES } : {}),
  }
}

/** One line on the terminal that counts, written at most ten times a second. */
function progressLine(language: Language): { show(count: number): void; clear(): void } {
  let next = 0
  let shown = false
  return {
    show(count) {
      const now = performance.now()
      if (count < PROGRESS_FROM || now < next) return
      next = now + 100
      shown = true
      process.stderr.write(`\r${language === 'de' ? `${count} Dateien gelesen` : `${count} files read`} `)
    },
    clear() {
      if (shown) process.stderr.write('\r\u001B[K')
    },
  }
}

function readOld(path: string): readonly ComparableFinding[] {
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw usage({
      de: `Die frühere Prüfung lässt sich nicht lesen: ${path}`,
      en: `The earlier audit cannot be read: ${path}`,
    })
  }
  const earlier = readEarlier(text)
  if (earlier !== undefined) return earlier
  throw usage({
    de: `Das ist keine Ausgabe von runde audit-jitsi --json: ${path}`,
    en: `This is not an output of runde audit-jitsi --json: ${path}`,
  })
}

function writeFiles({ outputs, language }: AuditArguments, report: Report, made: Patch): void {
  const { sarif, markdown, html, patch } = outputs
  if (sarif !== undefined) write(sarif, toSarif(report, language, VERSION))
  if (markdown !== undefined) write(markdown, toMarkdown(report, language))
  if (html !== undefined) write(html, toHtml(report, language))
  if (patch === undefined) return
  write(patch, made.text)
  process.stderr.write(`${patchNote(made.mends.length, language)}\n`)
  for (const { rule, why } of made.leftOut)
    process.stderr.write(
      `${language === 'de' ? 'Nicht im Patch' : 'Not in the patch'}: ${rule}, ${LEFT_OUT_WORDS[why][language]}\n`,
    )
}

function patchNote(count: number, language: Language): string {
  return language === 'de'
    ? `Der Patch behebt ${count} Befunde. Anwenden in dem Ordner, auf den sich die Pfade beziehen: patch -p1 < DATEI`
    : `The patch mends ${count} findings. Apply it in the folder that the paths refer to: patch -p1 < FILE`
}

function write(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content)
  } catch {
    throw usage({
      de: `Diese Datei lässt sich nicht schreiben: ${plain(path)}`,
      en: `This file cannot be written: ${plain(path)}`,
    })
  }
}

/** Colours only for people at a terminal that wants them (no-color.org). */
function terminal(env: CommandContext['env']): { colour: boolean; width: number } {
  const colour = process.stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
  return { colour, width: Math.min(process.stdout.columns ?? DEFAULT_WIDTH, DEFAULT_WIDTH) }
}

function isSevere(report: Report, failOn: FailOn): boolean {
  if (failOn === 'none') return false
  const limit = SEVERITIES.indexOf(failOn)
  return report.findings.some(
    ({ state, severity }) => state === 'violated' && SEVERITIES.indexOf(severity) <= limit,
  )
}

/** The language of a refusal, even where the arguments could not be read. */
function languageOf(args: readonly string[]): Language | undefined {
  const at = args.findIndex((one) => one === '--lang' || one.startsWith('--lang='))
  const given = args[at]?.includes('=') === true ? args[at].split('=')[1] : args[at + 1]
  return at >= 0 && (given === 'de' || given === 'en') ? given : undefined
}
