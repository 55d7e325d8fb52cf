// Recognises a document as the server sends it: the model of packages/dossier, checked down to the sentence.
import type { DossierDocument } from '@runde/dossier'
import { type Shape, aText, aYesNo, kinds, listOf, maybe, shaped, wordOf } from './shapes.ts'

const provenance = kinds({
  fact: shaped({
    source: wordOf('setting', 'probe', 'declared', 'derived'),
    fact: aText,
    label: aText,
    value: aText,
    state: wordOf('stated', 'missing', 'unknown', 'stale'),
    at: maybe(aText),
    atText: aText,
  }),
  law: shaped({ citation: aText }),
})

const sentence = shaped({
  key: aText,
  clause: aText,
  runs: listOf(shaped({ text: aText, mark: wordOf('plain', 'strong', 'missing') })),
  provenance: listOf(provenance),
})

const sentences = listOf(sentence)
const said = { id: aText, sentences }

const block = kinds({
  paragraph: shaped(said),
  definitions: shaped({ id: aText, rows: listOf(shaped({ ...said, term: aText })) }),
  table: shaped({
    id: aText,
    caption: aText,
    columns: listOf(shaped({ id: aText, header: aText })),
    rowHeaders: aYesNo,
    rows: listOf(shaped({ id: aText, cells: listOf(shaped({ sentences })) })),
  }),
  list: shaped({ id: aText, ordered: aYesNo, items: listOf(shaped(said)) }),
  callout: shaped({
    ...said,
    title: aText,
    tone: wordOf('note', 'risk', 'missing', 'contradiction', 'red'),
  }),
})

const section: Shape = (value) =>
  shaped({ id: aText, heading: aText, blocks: listOf(block), sections: listOf(section) })(value)

const whole = shaped({
  id: aText,
  kind: aText,
  language: wordOf('de', 'en'),
  title: aText,
  subtitle: aText,
  organisation: aText,
  version: shaped({
    madeAt: aText,
    madeAtText: aText,
    product: aText,
    packs: listOf(shaped({ id: aText, title: aText, validFrom: aText })),
  }),
  sections: listOf(section),
})

/** Whether a value is a document that this page can draw. */
export function isDocument(value: unknown): value is DossierDocument {
  return whole(value)
}
