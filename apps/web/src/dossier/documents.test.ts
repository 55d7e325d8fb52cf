// Real documents of packages/dossier through the eyes of the page: recognised, judged, and read for imprint and join page.
import { type DossierDocument, type FactSheet, type Run, dossier, interview } from '@runde/dossier'
import { sentencesOf } from '@runde/dossier/writers'
import { describe, expect, it } from 'vitest'
import { readShortNotice } from '../app/short-notice.ts'
import { controllerOf } from './controller.ts'
import { isDocument } from './document-shape.ts'
import { isInterview, isPaperwork } from './dsc-api.ts'
import { splitLastWord, standing } from './standing.ts'
import { sheetOf } from './testing/fixtures.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')

/** As it comes over the wire. */
function sent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function documentOf(sheet: FactSheet, kind: string, language: 'de' | 'en' = 'de'): DossierDocument {
  const found = dossier(sheet, { language, now: NOW }).documents.find((each) => each.kind === kind)
  if (found === undefined) throw new Error(kind)
  return found
}

const ASSOCIATION = sheetOf('association')

describe('the shapes', () => {
  it.each(['association', 'law-practice', 'hoster', 'private-person', 'protestant-parish', 'public-school'])(
    'fit everything about %s',
    (name) => {
      const sheet = sheetOf(name)
      for (const language of ['de', 'en'] as const) {
        const made = dossier(sheet, { language, now: NOW })
        for (const document of made.documents) expect(isDocument(sent(document))).toBe(true)
        const documents = made.documents.map((document) => ({ ...document, edition: 'x' }))
        expect(isPaperwork(sent({ documents, findings: made.findings }))).toBe(true)
      }
      const questions = interview(sheet, NOW).map((each) => ({ ...each, label: { de: 'x', en: 'y' } }))
      expect(isInterview(sent({ questions }))).toBe(true)
    },
  )

  it('refuse a document with a broken part, however deep', () => {
    const whole = documentOf(ASSOCIATION, 'measures')
    expect(isDocument(null)).toBe(false)
    expect(isDocument({ ...whole, language: 'fr' })).toBe(false)
    expect(isDocument({ ...whole, sections: [{ ...whole.sections[0], blocks: [{ kind: 'video' }] }] })).toBe(
      false,
    )
    const text = JSON.stringify(whole)
    expect(isDocument(JSON.parse(text.replaceAll('"mark":"plain"', '"mark":"blink"')))).toBe(false)
    expect(isDocument(JSON.parse(text.replaceAll('"sentences":', '"words":')))).toBe(false)
  })
})

describe('standing', () => {
  const of = (sheet: FactSheet, clause: string): string[] =>
    sentencesOf(documentOf(sheet, 'notice-short'))
      .filter(({ sentence }) => sentence.clause === clause)
      .map(({ sentence }) => standing(sentence))

  it('tells measured, declared and missing apart', () => {
    expect(of(ASSOCIATION, 'short.recording')).toEqual(['measured'])
    expect(of(ASSOCIATION, 'short.controller')).toEqual(['said'])
    expect(of({}, 'short.controller')).toEqual(['gap'])
    expect(of(ASSOCIATION, 'short.noConsent')).toEqual(['law'])
  })

  it('calls a sentence whose proof is too old a gap', () => {
    const later = dossier(ASSOCIATION, { language: 'de', now: NOW + 400 * 86_400_000 })
    const measures = later.documents.find(({ kind }) => kind === 'measures')
    const states = sentencesOf(measures ?? documentOf(ASSOCIATION, 'measures')).filter(({ sentence }) =>
      sentence.provenance.some((each) => each.kind === 'fact' && each.state === 'stale'),
    )
    expect(states.length).toBeGreaterThan(0)
    for (const { sentence } of states) expect(standing(sentence)).toBe('gap')
  })
})

describe('splitLastWord', () => {
  const plain = (text: string): Run => ({ text, mark: 'plain' })

  it('takes the last word of plain text, and loses nothing', () => {
    expect(splitLastWord([plain('Es wird '), plain('nicht gespeichert.')])).toEqual({
      before: [plain('Es wird '), plain('nicht ')],
      last: 'gespeichert.',
    })
    expect(splitLastWord([plain('Nein.')])).toEqual({ before: [], last: 'Nein.' })
  })

  it('leaves gaps and very long words alone', () => {
    for (const runs of [[], [{ text: 'fehlt', mark: 'missing' } as const], [plain('x'.repeat(25))]])
      expect(splitLastWord(runs)).toEqual({ before: runs, last: '' })
  })
})

describe('the join page', () => {
  it('shows three true lines and who is responsible', () => {
    for (const lang of ['de', 'en'] as const) {
      const notice = readShortNotice(sent(documentOf(ASSOCIATION, 'notice-short', lang)), lang)
      expect(notice.lines.map(({ icon }) => icon)).toEqual(['server', 'eye-off', 'clock'])
      expect(notice.controller).toContain('Beispielverein e. V.')
    }
  })

  it('hides a line with a gap, and a person responsible whom nobody has named', () => {
    const notice = readShortNotice(sent(documentOf({}, 'notice-short')), 'de')
    expect(notice.lines.map(({ text }) => text)).toEqual(['Der Server kann Besprechungen nicht aufzeichnen.'])
    expect(notice.controller).toBe('')
  })

  it('does not cross out the eye when recording is on', () => {
    const recording = {
      ...ASSOCIATION,
      'feature.recording': { value: 'on', source: 'setting', at: '2026-11-03T08:00:00Z' },
    } as const
    const notice = readShortNotice(sent(documentOf(recording, 'notice-short')), 'de')
    expect(notice.lines.map(({ icon }) => icon)).toEqual(['server', 'info', 'clock'])
  })

  it('says for a private person what their document says', () => {
    const notice = readShortNotice(sent(documentOf(sheetOf('private-person'), 'household')), 'de')
    expect(notice.lines).toHaveLength(1)
    expect(notice.lines[0]?.text).toContain('Art. 2 Abs. 2')
  })

  it('shows nothing for an answer of another shape', () => {
    for (const odd of [null, 'x', [], { document: 1 }, [{ clause: 'short.kept', runs: 'no' }]])
      expect(readShortNotice(odd, 'de').lines).toEqual([])
  })
})

describe('the imprint', () => {
  it('takes what was stated, and nothing else', () => {
    expect(controllerOf(documentOf(ASSOCIATION, 'notice-short'))).toEqual({
      name: 'Beispielverein e. V.',
      address: 'Lindenweg 1, 12345 Beispielstadt',
      contact: 'vorstand@verein.example',
    })
    expect(controllerOf(documentOf({}, 'notice-short'))).toEqual({ name: '', address: '', contact: '' })
  })
})
