// Answers for the documents of this installation: made on demand from what is known, kept for a moment.
import { createHash } from 'node:crypto'
import {
  canonicalJson,
  compare,
  DEFAULT_PACKS,
  type Dossier,
  dossier,
  type DocumentChange,
  type DossierDocument,
  type FactId,
  type FactSheet,
  FACTS,
  interview,
  isReported,
  type Language,
  type Question,
  sentencesOf,
  sentenceText,
} from '@runde/dossier'
import type { EpochMillis } from '@runde/contract'
import type { ServerContext } from '../context.ts'
import { checkedEntry, installationFacts } from './fact-sheet.ts'
import { installedPacks } from './rule-packs.ts'

/** The public pages ask for the notice at each visit; a set takes 30 ms to write and changes when somebody acts. */
const KEPT_MS = 5_000

/** A question as the page shows it, with the answer so far. */
export interface AskedQuestion extends Question {
  /** The value as stated; undefined while it is open. */
  value: unknown
}

/** An answer that nobody has given yet; `withdrawn`: as if nobody had stated the fact. */
export type HypotheticalAnswer = { value: unknown } | 'unknown' | 'withdrawn'

/** The documents of a running server. */
export interface DossierService {
  /** All documents and findings in one language. */
  documents(language: Language): Promise<Dossier>
  document(language: Language, id: string): Promise<DossierDocument | undefined>
  sheet(): Promise<FactSheet>
  questions(): Promise<readonly AskedQuestion[]>
  /** What is known about one fact, also one that no question asks for; no value while it is open or answered with "I do not know". */
  stated(fact: FactId): Promise<{ state: 'open' | 'unknown' | 'answered'; value: unknown }>
  /** States a fact; false when the value does not fit its form, or people cannot know this fact. */
  state(fact: FactId, answer: { value: unknown } | 'unknown'): Promise<boolean>
  /** Takes a statement back. */
  withdraw(fact: FactId): Promise<void>
  /** What would change if a fact were so; undefined when the value does not fit its form. */
  preview(
    fact: FactId,
    answer: HypotheticalAnswer,
    language: Language,
  ): Promise<readonly DocumentChange[] | undefined>
}

/** @param since when the settings came into force: the start of the server */
export function createDossierService(
  server: Pick<ServerContext, 'config' | 'store' | 'now'>,
  since: EpochMillis,
): DossierService {
  // Read once: another edition of the rules holds from the next start on.
  const { dataFolder } = server.config
  const packs = dataFolder === undefined ? DEFAULT_PACKS : installedPacks(dataFolder)
  let kept:
    | { at: EpochMillis; diagnosis: EpochMillis | undefined; sheet: FactSheet; made: Map<Language, Dossier> }
    | undefined
  const fresh = async (): Promise<NonNullable<typeof kept>> => {
    const now = server.now()
    // The notice says so from the moment a diagnosis begins: it is what allows the recording.
    const diagnosis = (await server.store.diagnostics.current())?.since
    if (kept !== undefined && kept.diagnosis === diagnosis && Math.abs(now - kept.at) < KEPT_MS) return kept
    const { sheet } = await installationFacts({ ...server, settingsSince: since })
    kept = { at: now, diagnosis, sheet, made: new Map() }
    return kept
  }
  const documents = async (language: Language): Promise<Dossier> => {
    const { made, sheet, at } = await fresh()
    const present = made.get(language) ?? dossier(sheet, { language, now: at, packs })
    made.set(language, present)
    return present
  }
  return {
    documents,
    document: async (language, id) => (await documents(language)).documents.find((each) => each.id === id),
    sheet: async () => (await fresh()).sheet,
    async questions() {
      const { sheet, at } = await fresh()
      return interview(sheet, at).map((question) => ({ ...question, value: valueOf(sheet, question.fact) }))
    },
    async stated(fact) {
      const { sheet } = await fresh()
      const entry = sheet[fact]
      const state = entry === undefined ? 'open' : 'value' in entry ? 'answered' : 'unknown'
      return { state, value: valueOf(sheet, fact) }
    },
    async state(fact, answer) {
      const { by, question } = FACTS[fact]
      // What the server may or may not know is asked as long as it does not.
      const asked = by === 'declared' || (by === 'setting' && question !== undefined)
      if (!asked || isReported((await fresh()).sheet, fact)) return false
      const at = new Date(server.now()).toISOString()
      const entry = checkedEntry(
        fact,
        answer === 'unknown'
          ? { unknown: true, source: 'declared', at }
          : { value: answer.value, source: 'declared', at },
      )
      if (entry === undefined) return false
      await server.store.facts.set(fact, JSON.stringify(entry), server.now())
      kept = undefined
      return true
    },
    async withdraw(fact) {
      await server.store.facts.delete(fact)
      kept = undefined
    },
    async preview(fact, answer, language) {
      const { sheet, at } = await fresh()
      const supposed = suppose(sheet, fact, answer, at)
      if (supposed === undefined) return undefined
      const { documents: after } = dossier(supposed, { language, now: at, packs })
      return compare((await documents(language)).documents, after)
    },
  }
}

/**
 * Names the edition of a document by what it says, not by when it was made: 16 hexadecimal digits of the SHA-256 of its
 * sentences. The same sentences are the same edition, after a restart and on every server.
 */
export function editionOf(document: DossierDocument): string {
  // The section about the document itself names the day.
  const said = sentencesOf(document)
    .filter(({ section }) => section.id !== 'about')
    .map(({ sentence }) => [sentence.key, sentenceText(sentence)])
  return createHash('sha256')
    .update(canonicalJson({ title: document.title, said }))
    .digest('hex')
    .slice(0, 16)
}

/** The sheet with another entry for one fact; undefined when the entry does not fit. */
function suppose(
  sheet: FactSheet,
  fact: FactId,
  answer: HypotheticalAnswer,
  now: EpochMillis,
): FactSheet | undefined {
  const others = Object.fromEntries(Object.entries(sheet).filter(([id]) => id !== fact))
  if (answer === 'withdrawn') return others
  const source = FACTS[fact].by
  const at = new Date(now).toISOString()
  const entry = checkedEntry(
    fact,
    answer === 'unknown' ? { unknown: true, source, at } : { value: answer.value, source, at },
  )
  return entry === undefined ? undefined : { ...others, [fact]: entry }
}

function valueOf(sheet: FactSheet, fact: FactId): unknown {
  const entry = sheet[fact]
  return entry !== undefined && 'value' in entry ? entry.value : undefined
}
