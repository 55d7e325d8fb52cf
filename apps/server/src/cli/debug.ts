// `runde debug`: switches the time-limited diagnostic mode on and off, and says whether it runs.
import { setTimeout as wait } from 'node:timers/promises'
import { asEpochMillis, type Bilingual } from '@runde/contract'
import type { Language } from '@runde/dossier'
import type { Deletion, DiagnosticMode, Store } from '@runde/store'
import { loadConfig } from '../config/load.ts'
import { openStore } from '../data-folder.ts'
import { beginDiagnosis, MAX_HOURS, MAX_PURPOSE_LENGTH, type BeginFault } from '../diagnostics/begin.ts'
import { DELETION_CLASS, logFile, purgeLogs } from '../diagnostics/log-files.ts'
import { NOTICE_MS } from '../diagnostics/recorder.ts'
import { terminalLanguage } from '../language.ts'
import { StartFailure } from '../start-failures.ts'
import { type Command, type CommandContext, type Flags, readFlags } from './command.ts'

/** A running server closes and deletes the log itself and knows best what stood in it; it has noticed by then. */
const SERVER_FIRST_MS = 3 * NOTICE_MS

export const debug: Command = async (args, context) => {
  const flags = readFlags(args, {
    hours: { type: 'string' },
    purpose: { type: 'string' },
    off: { type: 'boolean' },
    status: { type: 'boolean' },
  })
  const { config } = loadConfig(context.env)
  const store = await openStore(config.dataFolder)
  const place: Place = { store, dataFolder: config.dataFolder, language: terminalLanguage(context.env) }
  try {
    if (flags.flag('off')) await off(place, context)
    else if (flags.flag('status')) await status(place, context)
    else await on(place, flags, context)
  } finally {
    await store.close()
  }
}

interface Place {
  readonly store: Store
  readonly dataFolder: string
  readonly language: Language
}

async function on(
  { store, dataFolder, language }: Place,
  flags: Flags,
  context: CommandContext,
): Promise<void> {
  const begun = beginDiagnosis(flags.text('hours'), flags.text('purpose'), now())
  if (!begun.ok) throw usage(FAULTS[begun.fault])
  await purgeLogs(dataFolder, store, now())
  if (!(await store.diagnostics.start(begun.mode))) throw usage(ALREADY)
  context.print(WORDS[language].on(moment(begun.mode.until, language), logFile(dataFolder, begun.mode)))
}

async function off({ store, dataFolder, language }: Place, context: CommandContext): Promise<void> {
  const mode = await store.diagnostics.current()
  if (mode === undefined) return context.print(WORDS[language].isOff)
  const before = (await proofsIn(store)).length
  await store.diagnostics.expire(now())
  const end = Date.now() + SERVER_FIRST_MS
  while (Date.now() < end && (await store.diagnostics.current()) !== undefined) await wait(NOTICE_MS / 5)
  await purgeLogs(dataFolder, store, now())
  const proofs = (await proofsIn(store)).slice(before)
  const entries = proofs.reduce((sum, proof) => sum + proof.entries, 0)
  context.print(WORDS[language].switchedOff(entries))
}

async function status({ store, dataFolder, language }: Place, context: CommandContext): Promise<void> {
  await purgeLogs(dataFolder, store, now())
  const mode = await store.diagnostics.current()
  context.print(mode === undefined ? WORDS[language].isOff : shown(mode, dataFolder, language))
  for (const { entries, firstAt, lastAt, deletedAt } of await proofsIn(store)) {
    const [from, to] = [firstAt, lastAt].map((at) => (at === null ? '-' : moment(at, language)))
    context.print(WORDS[language].deleted(moment(deletedAt, language), entries, from ?? '-', to ?? '-'))
  }
  if (!(await store.deletions.intact())) {
    context.print(WORDS[language].broken)
    process.exitCode = 1
  }
}

/** Proofs for diagnostic logs, among those for everything else. */
async function proofsIn(store: Store): Promise<readonly Deletion[]> {
  return (await store.deletions.list()).filter((deletion) => deletion.class === DELETION_CLASS)
}

function shown(mode: DiagnosticMode, dataFolder: string, language: Language): string {
  return WORDS[language].isOn(moment(mode.until, language), mode.purpose, logFile(dataFolder, mode))
}

function now(): ReturnType<typeof asEpochMillis> {
  return asEpochMillis(Date.now())
}

/** Local time of the machine, as the operator's clock shows it. */
function moment(at: number, language: Language): string {
  return new Date(at).toLocaleString(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
}

function usage(text: Bilingual): StartFailure {
  return new StartFailure({ code: 'usage', text })
}

const FAULTS: Readonly<Record<BeginFault, Bilingual>> = {
  hours: {
    de: `Bitte geben Sie mit --hours an, wie viele Stunden die Diagnose laufen soll: 1 bis ${MAX_HOURS}.`,
    en: `Please say with --hours how many hours the diagnosis shall run: 1 to ${MAX_HOURS}.`,
  },
  purpose: {
    de: `Bitte geben Sie mit --purpose an, wozu die Diagnose dient: ein Satz mit höchstens ${MAX_PURPOSE_LENGTH} Zeichen, ohne Namen von Personen.`,
    en: `Please say with --purpose what the diagnosis is for: one sentence of at most ${MAX_PURPOSE_LENGTH} characters, without names of persons.`,
  },
}

const ALREADY: Bilingual = {
  de: 'Es läuft schon eine Diagnose. runde debug --status zeigt sie, runde debug --off beendet sie.',
  en: 'A diagnosis is running already. runde debug --status shows it, runde debug --off ends it.',
}

interface Words {
  readonly on: (until: string, file: string) => string
  readonly isOff: string
  readonly isOn: (until: string, purpose: string, file: string) => string
  readonly switchedOff: (entries: number) => string
  readonly deleted: (at: string, entries: number, from: string, to: string) => string
  readonly broken: string
}

const WORDS: Readonly<Record<Language, Words>> = {
  de: {
    on: (until, file) =>
      `Die Diagnose läuft bis ${until}. Der Server schreibt in ${file}, mit gekürzten Netzadressen; danach löscht er die Datei von selbst. Hinweis für Teilnehmende und Unterlagen sagen das ab jetzt. Vorher beenden: runde debug --off`,
    isOff: 'Es läuft keine Diagnose.',
    isOn: (until, purpose, file) => `Es läuft eine Diagnose bis ${until}: ${purpose}\nDatei: ${file}`,
    switchedOff: (entries) => `Die Diagnose ist beendet; ihr Protokoll ist gelöscht (${entries} Einträge).`,
    deleted: (at, entries, from, to) => `Gelöscht am ${at}: ${entries} Einträge (${from} bis ${to})`,
    broken: 'ACHTUNG: Die Kette der Löschnachweise ist verändert worden.',
  },
  en: {
    on: (until, file) =>
      `The diagnosis runs until ${until}. The server writes to ${file}, with truncated network addresses, and then deletes the file by itself. The notice for participants and the documents say so from now on. To end it before: runde debug --off`,
    isOff: 'No diagnosis is running.',
    isOn: (until, purpose, file) => `A diagnosis runs until ${until}: ${purpose}\nFile: ${file}`,
    switchedOff: (entries) => `The diagnosis has ended; its log is deleted (${entries} entries).`,
    deleted: (at, entries, from, to) => `Deleted on ${at}: ${entries} entries (${from} to ${to})`,
    broken: 'ATTENTION: the chain of proofs of deletion has been changed.',
  },
}
