// A document with every kind of block, every source and every sign that some format could take for markup.
import type { DossierDocument, Sentence } from '../../model/document.ts'
import type { Provenance } from '../../model/provenance.ts'

/** Signs that mean something in HTML, Markdown, XML or Typst. */
export const HOSTILE_TEXT = `<b>&"fett"</b> *stern* _strich_ #raute $1$ @wer [x](y) | \\ \`z\` {a} <script>alert(1)</script>`

const SETTING: Provenance = {
  kind: 'fact',
  source: 'setting',
  fact: 'log.addresses',
  label: 'Netzadressen in Protokollen',
  value: 'aus',
  state: 'stated',
  at: '2026-11-23T10:00:00Z',
  atText: '23. November 2026',
}
const PROBE: Provenance = {
  ...SETTING,
  source: 'probe',
  fact: 'probe.canary',
  label: 'Prüflauf',
  value: '0 Treffer',
}
const DECLARED: Provenance = {
  ...SETTING,
  source: 'declared',
  fact: 'org.name',
  label: 'Name',
  value: '',
  state: 'missing',
  at: null,
  atText: '',
}
const LAW: Provenance = { kind: 'law', citation: 'Art. 30 Abs. 1 DSGVO' }

function sentence(key: string, text: string, ...provenance: Provenance[]): Sentence {
  return { key, clause: key, runs: [{ text, mark: 'plain' }], provenance }
}

/** The document; `title` and one sentence carry the hostile text. */
export function sampleDocument(language: 'de' | 'en' = 'de'): DossierDocument {
  return {
    id: 'record',
    kind: 'record',
    language,
    title: `Verzeichnis ${HOSTILE_TEXT}`,
    subtitle: 'nach Art. 30 Abs. 1 DSGVO',
    organisation: 'Kleingartenverein „Am Bach“ e. V.',
    version: {
      madeAt: '2026-11-23T10:00:00.000Z',
      madeAtText: '23. November 2026',
      product: '0.1.0',
      packs: [{ id: 'base', title: 'DSGVO und BDSG', validFrom: '2018-05-25' }],
    },
    blockers: 2,
    evidence: [],
    sections: [
      {
        id: 'purpose',
        level: 1,
        heading: 'Zwecke & Mittel',
        blocks: [
          {
            kind: 'paragraph',
            id: 'p1',
            sentences: [
              sentence('s1', 'Netzadressen werden nicht gespeichert.', SETTING, PROBE, LAW),
              sentence('s2', HOSTILE_TEXT, SETTING),
            ],
          },
          {
            kind: 'definitions',
            id: 'd1',
            rows: [
              {
                id: 'd1-a',
                term: 'Verantwortlicher',
                sentences: [
                  {
                    key: 's3',
                    clause: 's3',
                    runs: [
                      { text: 'Name: ', mark: 'strong' },
                      { text: 'noch nicht angegeben', mark: 'missing' },
                    ],
                    provenance: [DECLARED],
                  },
                ],
              },
            ],
          },
          {
            kind: 'list',
            id: 'l1',
            ordered: true,
            items: [
              { id: 'l1-a', sentences: [sentence('s4', 'Erstens.', LAW)] },
              { id: 'l1-b', sentences: [sentence('s5', '2. Zweitens.')] },
            ],
          },
        ],
        sections: [
          {
            id: 'table',
            level: 2,
            heading: 'Fristen',
            blocks: [
              {
                kind: 'table',
                id: 't1',
                caption: 'Löschfristen',
                columns: [
                  { id: 'c1', header: 'Daten', weight: 1 },
                  { id: 'c2', header: 'Frist | Ende', weight: 2 },
                ],
                rowHeaders: true,
                rows: [
                  {
                    id: 'r1',
                    cells: [
                      { sentences: [sentence('s6', 'Chat')] },
                      { sentences: [sentence('s7', 'Ende der Besprechung | sofort', PROBE)] },
                    ],
                  },
                ],
              },
              {
                kind: 'callout',
                id: 'k1',
                tone: 'missing',
                title: 'Angabe fehlt',
                sentences: [sentence('s8', 'Bitte ergänzen.')],
              },
            ],
            sections: [],
          },
        ],
      },
    ],
  }
}
