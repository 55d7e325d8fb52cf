import { expect, test } from 'vitest'
import { dossier } from '../dossier.ts'
import type { DossierDocument, Sentence } from '../model/document.ts'
import { sentenceText, sentencesOf } from '../model/walk.ts'
import { NOW, ORGANISATIONS, WITH_PAPERWORK, organisation } from '../testing/organisations.ts'
import { textParts } from './as-is.ts'
import { printedBlocks } from './callouts.ts'
import { placeMarks } from './marks.ts'
import { toMarkdown } from './markdown.ts'
import { noteGroups } from './note-groups.ts'
import { collectNotes } from './notes.ts'
import { frontLines, writerWords } from './words.ts'

const documents = ORGANISATIONS.flatMap((name) =>
  (['de', 'en'] as const).flatMap(
    (language) => dossier(organisation(name), { language, now: NOW }).documents,
  ),
)

/** Every note a place carries on paper. */
function printed(document: DossierDocument): Set<string> {
  const marks = placeMarks(document, collectNotes(document))
  const tables = document.sections
    .flatMap((section) => [section, ...section.sections])
    .flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'table' ? [...marks.caption(block)] : [])),
    )
  const all = [...tables, ...sentencesOf(document).flatMap(({ sentence }) => marks.of(sentence))]
  return new Set(all.flatMap(({ notes }) => notes.map(({ anchor }) => anchor)))
}

test.each(documents)(
  '$id ($language, $organisation): every note is referred to, and every reference has a note',
  (document) => {
    expect(printed(document)).toEqual(new Set(collectNotes(document).all.map(({ anchor }) => anchor)))
  },
)

test('every sentence names what it rests on: by a mark in its place, or by its own words', () => {
  const bare = documents.flatMap((document) => {
    const notes = collectNotes(document)
    return sentencesOf(document)
      .filter(({ sentence }) => notes.of(sentence).length === 0)
      .filter(({ sentence }) => !sentence.provenance.some((each) => each.kind === 'law'))
      .map(({ sentence }) => `${document.id} ${sentence.key}`)
  })
  expect(bare).toEqual([])
})

/** The widest cell sums up some twenty-five measures. */
const MOST_MARKS = 18

test('no place on paper is full of marks', () => {
  const crowded = documents.flatMap((document) => {
    const marks = placeMarks(document, collectNotes(document))
    return sentencesOf(document)
      .filter(({ sentence }) => marks.of(sentence).length > MOST_MARKS)
      .map(({ sentence }) => `${document.id} ${sentence.key}: ${marks.of(sentence).length}`)
  })
  expect(crowded).toEqual([])
})

test('neighbouring numbers become one mark, in the order of the list', () => {
  const [document] = documents.filter(({ id, language }) => id === 'record' && language === 'de')
  if (!document) throw new Error('there is no record')
  const marks = placeMarks(document, collectNotes(document))
  const controller = sentencesOf(document).find(({ sentence }) => sentence.key === 'record.controller')
  expect(controller && marks.of(controller.sentence).map(({ text }) => text)).toEqual(['A1–A3'])
})

test('the notes are grouped, with a date they share in the heading only', () => {
  const [document] = documents.filter(({ id, language }) => id === 'notice' && language === 'de')
  if (!document) throw new Error('there is no notice')
  const groups = noteGroups(collectNotes(document), writerWords('de'))
  expect(groups.map(({ heading }) => heading)).toEqual([
    'Einstellungen des Servers (Stand 3. November 2026)',
    'Messungen (Stand 23. November 2026)',
    'Angaben der Organisation (Stand 20. November 2026)',
    'Folgerungen',
    'Rechtsvorschriften',
  ])
  expect(groups[0]?.notes.every(({ text }) => !text.includes('2026'))).toBe(true)
})

test('missing facts stand in one box with one head', () => {
  const {
    'org.name': _name,
    'org.address': _address,
    'org.contact': _contact,
    ...sheet
  } = organisation('association')
  const [notice] = dossier(sheet, { language: 'de', now: NOW }).documents.filter(({ id }) => id === 'notice')
  const [open] = notice?.sections ?? []
  if (!notice || !open) throw new Error('there are no open points')
  const [box, ...rest] = printedBlocks(open, writerWords('de'))
  expect(rest).toEqual([])
  expect(box).toMatchObject({ kind: 'box', head: 'Fehlt noch' })
  expect(toMarkdown(notice).match(/\*\*Fehlt noch\*\*/g)).toHaveLength(1)
})

test('no head says the same word twice, and nothing prints a dash for nothing', () => {
  for (const document of documents) {
    const text = toMarkdown(document)
    expect(text).not.toMatch(/\*\*(\w+): \1\*\*|\| – \||_–_|: –$/m)
  }
})

test('a private person without a name needs no line for one; an organisation does', () => {
  const [private_] = documents.filter(({ kind }) => kind === 'household')
  if (!private_) throw new Error('there is no household sheet')
  const terms = (document: DossierDocument): string[] =>
    frontLines(document, writerWords(document.language)).map(([term]) => term)
  expect(terms(private_)).not.toContain('Für')
  expect(terms({ ...private_, kind: 'notice' })).toContain('Für')
})

test('addresses and hashes are found, and the text stays the same', () => {
  const text = 'an dsb@kanzlei.example, https://a.example/x und 0123456789abcdef0123456789abcdef. Ende'
  const parts = textParts(text)
  expect(parts.map((part) => part.text).join('')).toBe(text)
  expect(parts.filter(({ asIs }) => asIs).map((part) => part.text)).toEqual([
    'dsb@kanzlei.example',
    'https://a.example/x',
    '0123456789abcdef0123456789abcdef',
  ])
})

test('a law named by the sentence has no mark of its own', () => {
  for (const name of WITH_PAPERWORK) {
    for (const document of dossier(organisation(name), { language: 'de', now: NOW }).documents) {
      const notes = collectNotes(document)
      const twice = sentencesOf(document).filter(({ sentence }) => namesTwice(sentence, notes.of(sentence)))
      expect(twice.map(({ sentence }) => sentence.key)).toEqual([])
    }
  }
})

function namesTwice(sentence: Sentence, notes: readonly { source: string; said: string }[]): boolean {
  const text = sentenceText(sentence)
  return notes.some(({ source, said }) => source === 'law' && text.includes(said))
}
