// Tells which sentences of an approved document are no longer true, and because of which facts.
import type { DossierDocument, Language, Sentence } from '../model/document.ts'
import { sentenceText, sentencesOf } from '../model/walk.ts'
import { FACTS, isFactId } from '../facts/table.ts'

export interface SentenceChange {
  /** Document, section and sentence keep their ids between versions. */
  document: string
  section: string
  heading: string
  sentence: string
  kind: 'changed' | 'added' | 'removed'
  before: string
  after: string
  because: readonly FactChange[]
}

export interface FactChange {
  fact: string
  label: string
  /** Canonical JSON; empty when not stated. */
  before: string
  after: string
}

export interface DocumentChange {
  document: string
  title: string
  kind: 'changed' | 'added' | 'removed'
  sentences: readonly SentenceChange[]
}

interface Placed {
  section: string
  heading: string
  sentence: Sentence
}

/** Compares two editions of a set, in one language. Documents in which nothing changed are left out. */
export function compare(
  before: readonly DossierDocument[],
  after: readonly DossierDocument[],
): DocumentChange[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))]
  return ids.flatMap((id) => {
    const old = before.find((each) => each.id === id)
    const now = after.find((each) => each.id === id)
    const sentences = compareDocument(id, old, now)
    if (sentences.length === 0) return []
    const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'
    return [{ document: id, title: (now ?? old)?.title ?? '', kind, sentences }]
  })
}

function compareDocument(
  id: string,
  before: DossierDocument | undefined,
  after: DossierDocument | undefined,
): SentenceChange[] {
  const facts = changedFacts(before, after)
  const olds = placed(before)
  const news = placed(after)
  const keys = [...new Set([...olds.keys(), ...news.keys()])]
  return keys.flatMap((key) => {
    const old = olds.get(key)
    const now = news.get(key)
    const oldText = old === undefined ? '' : sentenceText(old.sentence)
    const newText = now === undefined ? '' : sentenceText(now.sentence)
    if (oldText === newText && old !== undefined && now !== undefined) return []
    const place = now ?? old
    return [
      {
        document: id,
        section: place?.section ?? '',
        heading: place?.heading ?? '',
        sentence: key,
        kind: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed',
        before: oldText,
        after: newText,
        because: reasons(facts, old, now),
      },
    ]
  })
}

function placed(document: DossierDocument | undefined): Map<string, Placed> {
  return new Map(
    (document === undefined ? [] : sentencesOf(document)).map(({ section, sentence }) => [
      sentence.key,
      { section: section.id, heading: section.heading, sentence },
    ]),
  )
}

/** The changed facts the sentence rests on; when none of them changed, all that changed in the document. */
function reasons(
  facts: readonly FactChange[],
  old: Placed | undefined,
  now: Placed | undefined,
): readonly FactChange[] {
  const cited = new Set(
    [old, now].flatMap((each) =>
      (each?.sentence.provenance ?? []).flatMap((one) => (one.kind === 'fact' ? [one.fact] : [])),
    ),
  )
  const own = facts.filter(({ fact }) => cited.has(fact))
  return own.length > 0 ? own : facts
}

function changedFacts(before: DossierDocument | undefined, after: DossierDocument | undefined): FactChange[] {
  const language = (after ?? before)?.language ?? 'de'
  const olds = new Map((before?.evidence ?? []).map(({ fact, value }) => [fact, value]))
  const news = new Map((after?.evidence ?? []).map(({ fact, value }) => [fact, value]))
  // A fact that only one edition looked at cannot be the cause: whatever led there was looked at by both.
  const shared =
    before === undefined || after === undefined ? [] : [...olds.keys()].filter((fact) => news.has(fact))
  return shared
    .filter((fact) => olds.get(fact) !== news.get(fact))
    .map((fact) => ({
      fact,
      label: labelOf(fact, language),
      before: olds.get(fact) ?? '',
      after: news.get(fact) ?? '',
    }))
}

function labelOf(fact: string, language: Language): string {
  return isFactId(fact) ? FACTS[fact].label[language] : fact
}
