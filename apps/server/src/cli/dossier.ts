// `runde dossier`: writes the documents of this installation, or of a fact sheet, into a folder.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bilingual } from '@runde/contract'
import {
  DEFAULT_PACKS,
  dossier,
  type DossierDocument,
  type FactSheet,
  type Language,
  readFacts,
  type RulePack,
  writeFacts,
} from '@runde/dossier'
import { toDocx } from '@runde/dossier/docx'
import { createPdfWriter } from '@runde/dossier/pdf'
import { toHtml, toMarkdown } from '@runde/dossier/writers'
import { loadConfig } from '../config/load.ts'
import { openStore } from '../data-folder.ts'
import { installationFacts } from '../facts/fact-sheet.ts'
import { installedPacks, withPackFile } from '../facts/rule-packs.ts'
import { terminalLanguage } from '../language.ts'
import { StartFailure } from '../start-failures.ts'
import { type Command, type CommandContext, type Flags, readFlags, required } from './command.ts'

const FORMATS = ['md', 'html', 'docx', 'pdf'] as const
type Format = (typeof FORMATS)[number]

/** A fact sheet of a large provider has some hundred kilobytes. */
const FACTS_MAX_BYTES = 10_000_000

type WriteDocument = (document: DossierDocument) => Promise<string | Uint8Array>

export const writeDossier: Command = async (args, context) => {
  const flags = readFlags(args, {
    out: { type: 'string' },
    lang: { type: 'string' },
    format: { type: 'string' },
    facts: { type: 'string' },
    packs: { type: 'string' },
  })
  const out = required(flags, 'out')
  const language = languageOf(flags, context)
  const writers = await writersFor(formatsOf(flags), context, language)
  const sheet = await sheetOf(flags, context)
  const packs = packsOf(flags, context)
  const { documents, findings } = dossier(sheet, { language, now: Date.now(), packs })
  const files = await writeAll(out, documents, writers)
  save(join(out, 'facts.json'), writeFacts(sheet))
  const blocking = findings.filter(({ blocks }) => blocks)
  context.print(summary(language, documents.length, files, out, blocking.length))
  for (const { message, remedy } of blocking) context.print(`- ${message[language]} ${remedy[language]}`)
}

async function sheetOf(flags: Flags, context: CommandContext): Promise<FactSheet> {
  const file = flags.text('facts')
  if (file !== undefined) return readSheet(file)
  const { config } = loadConfig(context.env)
  const store = await openStore(config.dataFolder)
  try {
    const { sheet } = await installationFacts({ config, store, settingsSince: Date.now() })
    return sheet
  } finally {
    await store.close()
  }
}

/** With `--packs` the rules of that file; else, for a running server, those of its data folder. */
function packsOf(flags: Flags, context: CommandContext): readonly RulePack[] {
  const file = flags.text('packs')
  if (file !== undefined) return withPackFile(file)
  return flags.text('facts') === undefined
    ? installedPacks(loadConfig(context.env).config.dataFolder)
    : DEFAULT_PACKS
}

function readSheet(file: string): FactSheet {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw usage(`Die Datei ${file} lässt sich nicht lesen.`, `The file ${file} cannot be read.`, error)
  }
  if (text.length > FACTS_MAX_BYTES)
    throw usage(
      `Die Datei ${file} ist zu groß für ein Faktenblatt.`,
      `The file ${file} is too large for a fact sheet.`,
    )
  const result = readFacts(text)
  if (result.ok) return result.sheet
  const list = (language: Language): string =>
    result.problems.map(({ place, message }) => `${place}: ${message[language]}`).join('\n')
  throw usage(
    `Das Faktenblatt ${file} hat Fehler; es wurde nichts geschrieben.\n${list('de')}`,
    `The fact sheet ${file} has errors; nothing was written.\n${list('en')}`,
  )
}

async function writersFor(
  formats: readonly Format[],
  context: CommandContext,
  language: Language,
): Promise<ReadonlyMap<Format, WriteDocument>> {
  const writers = new Map<Format, WriteDocument>()
  for (const format of formats) {
    switch (format) {
      case 'md':
        writers.set(format, (document) => Promise.resolve(toMarkdown(document)))
        break
      case 'html':
        writers.set(format, (document) => Promise.resolve(toHtml(document)))
        break
      case 'docx':
        writers.set(format, toDocx)
        break
      case 'pdf': {
        const pdf = await createPdfWriter()
        if (pdf) writers.set(format, (document) => Promise.resolve(pdf(document)))
        else context.print(NO_PDF[language])
        break
      }
    }
  }
  return writers
}

const NO_PDF: Bilingual = {
  de: 'PDF lässt sich hier nicht schreiben: Der Satzprogramm-Baustein fehlt für diese Plattform. Die anderen Formate werden geschrieben.',
  en: 'PDF cannot be written here: the typesetting component is missing for this platform. The other formats are written.',
}

async function writeAll(
  out: string,
  documents: readonly DossierDocument[],
  writers: ReadonlyMap<Format, WriteDocument>,
): Promise<number> {
  try {
    mkdirSync(out, { recursive: true })
  } catch (error) {
    throw usage(`Der Ordner ${out} lässt sich nicht anlegen.`, `The folder ${out} cannot be made.`, error)
  }
  let files = 0
  for (const document of documents) {
    for (const [format, write] of writers) {
      save(join(out, `${document.id}.${document.language}.${format}`), await write(document))
      files++
    }
  }
  return files
}

function save(file: string, content: string | Uint8Array): void {
  try {
    // Names and addresses of the organisation are in it: for the one who wrote it only.
    writeFileSync(file, content, { mode: 0o600 })
  } catch (error) {
    throw usage(`Die Datei ${file} lässt sich nicht schreiben.`, `The file ${file} cannot be written.`, error)
  }
}

function languageOf(flags: Flags, context: CommandContext): Language {
  const given = flags.text('lang')
  if (given === undefined) return terminalLanguage(context.env)
  if (given === 'de' || given === 'en') return given
  throw usage('Die Angabe --lang kennt de und en.', 'The option --lang knows de and en.')
}

function formatsOf(flags: Flags): Format[] {
  const given = flags.text('format')
  if (given === undefined) return [...FORMATS]
  const wanted = given.split(',').map((part) => part.trim())
  const formats = FORMATS.filter((format) => wanted.includes(format))
  if (formats.length > 0 && formats.length === new Set(wanted).size) return formats
  throw usage(
    `Die Angabe --format kennt ${FORMATS.join(', ')}, mehrere durch Kommas getrennt.`,
    `The option --format knows ${FORMATS.join(', ')}, several separated by commas.`,
  )
}

function summary(
  language: Language,
  documents: number,
  files: number,
  out: string,
  blocking: number,
): string {
  if (language === 'de') {
    const state =
      blocking === 0
        ? 'Nichts steht der Freigabe entgegen.'
        : blocking === 1
          ? 'Ein Punkt steht der Freigabe noch entgegen:'
          : `${blocking} Punkte stehen der Freigabe noch entgegen:`
    return `${documents} ${documents === 1 ? 'Dokument' : 'Dokumente'} in ${files} ${files === 1 ? 'Datei' : 'Dateien'} geschrieben nach ${out}. ${state}`
  }
  const state =
    blocking === 0
      ? 'Nothing stands in the way of approval.'
      : `${blocking} ${blocking === 1 ? 'item still stands' : 'items still stand'} in the way of approval:`
  return `${documents} ${documents === 1 ? 'document' : 'documents'} in ${files} ${files === 1 ? 'file' : 'files'} written to ${out}. ${state}`
}

function usage(de: string, en: string, cause?: unknown): StartFailure {
  return new StartFailure({ code: 'usage', text: { de, en } }, cause)
}
