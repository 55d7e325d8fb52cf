// Writes a document as tagged PDF (PDF/UA-1, ISO 14289-1), through the Typst compiler, which need not be installed.
import type { DossierDocument, Section, Sentence, Table } from '../model/document.ts'
import { sentenceText } from '../model/walk.ts'
import { type PrintedBlock, printedBlocks } from './callouts.ts'
import { type Mark, type Marks, placeMarks } from './marks.ts'
import { noteGroups } from './note-groups.ts'
import { collectNotes } from './notes.ts'
import { PDF_TEMPLATE } from './pdf-template.ts'
import { type WriterWords, frontLines, writerWords } from './words.ts'

/** Made once: loading the compiler and its fonts takes longer than a document. */
export type PdfWriter = (document: DossierDocument) => Uint8Array

/**
 * The PDF writer, or undefined where the optional Typst compiler is not installed for this platform.
 * Where no font of the machine has a sign of a name, the PDF shows a question mark in its place.
 * The writer throws when the compiler refuses a document, which is a fault of ours.
 */
export async function createPdfWriter(): Promise<PdfWriter | undefined> {
  const typst = await loadCompiler()
  if (!typst) return undefined
  const compiler = typst.NodeCompiler.create()
  const pdf = (data: string, creationTimestamp: number): Uint8Array => {
    const result = compiler.compile({ mainFileContent: PDF_TEMPLATE, inputs: { data } })
    const compiled = result.result
    if (!compiled) {
      const problem = result.takeDiagnostics()?.compilationStatus ?? 'unknown'
      throw new Error(`The page layout was refused: ${problem}`)
    }
    return compiler.pdf(compiled, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp })
  }
  return (document) => {
    const data = JSON.stringify(pdfData(document))
    const time = Math.floor(Date.parse(document.version.madeAt) / 1000)
    try {
      return pdf(data, time)
    } catch (error) {
      // PDF/UA forbids a sign without a glyph; what fonts there are depends on the machine.
      const plain = data.replaceAll(UNUSUAL_SIGNS, '?')
      if (plain === data) throw new Error(`The PDF of ${document.id} could not be set`, { cause: error })
      return pdf(plain, time)
    } finally {
      // What one document left in the compiler's memory is of no use to the next.
      compiler.evictCache(0)
    }
  }
}

/** Signs outside Latin, Greek, Cyrillic, punctuation, currencies, arrows and mathematics: the font in the package lacks them. */
const UNUSUAL_SIGNS = /[^\u0020-\u052F\u1E00-\u205E\u20A0-\u22FF]/gu

async function loadCompiler(): Promise<typeof import('@myriaddreamin/typst-ts-node-compiler') | undefined> {
  try {
    return await import('@myriaddreamin/typst-ts-node-compiler')
  } catch {
    return undefined
  }
}

/** The document as the template wants it: every sentence with its marks, weights and words resolved. */
function pdfData(document: DossierDocument): unknown {
  const words = writerWords(document.language)
  const notes = collectNotes(document)
  const marks = placeMarks(document, notes)
  return {
    title: document.title,
    subtitle: document.subtitle,
    organisation: document.organisation,
    language: document.language,
    compact: document.kind === 'notice-short',
    madeAt: document.version.madeAtText,
    words: {
      madeAt: words.madeAt,
      draft: words.draft,
      page: words.page,
      of: words.of,
      notes: words.notes,
      notesIntro: words.notesIntro,
    },
    head: frontLines(document, words),
    draft: document.blockers > 0 ? words.blockers(document.blockers) : '',
    sections: document.sections.map((section) => sectionData(section, marks, words)),
    groups: noteGroups(notes, words).map(({ heading, notes: inside }) => ({
      heading,
      notes: inside.map(({ note: { mark, anchor, source }, text }) => ({ mark, anchor, source, text })),
    })),
  }
}

function sectionData(section: Section, marks: Marks, words: WriterWords): unknown {
  return {
    level: section.level,
    heading: section.heading,
    blocks: printedBlocks(section, words).map((block) => blockData(block, marks)),
    sections: section.sections.map((inner) => sectionData(inner, marks, words)),
  }
}

function blockData(block: PrintedBlock, marks: Marks): unknown {
  const said = (sentences: readonly Sentence[]): unknown =>
    sentences.map((sentence) => ({ runs: sentence.runs, marks: markData(marks.of(sentence)) }))
  switch (block.kind) {
    case 'paragraph':
      return { kind: block.kind, sentences: said(block.sentences) }
    case 'definitions':
      return {
        kind: block.kind,
        rows: block.rows.map(({ term, sentences }) => ({ term, sentences: said(sentences) })),
      }
    case 'list':
      return {
        kind: block.kind,
        ordered: block.ordered,
        items: block.items.map(({ sentences }) => said(sentences)),
      }
    case 'table':
      return {
        kind: block.kind,
        caption: block.caption,
        captionMarks: markData(marks.caption(block)),
        headers: block.columns.map(({ header }) => header),
        weights: block.columns.map(({ weight }) => weight),
        rowHeaders: block.rowHeaders,
        shortHeads: hasShortHeads(block),
        rows: block.rows.map(({ cells }) => cells.map(({ sentences }) => said(sentences))),
      }
    case 'box':
      return {
        kind: block.kind,
        tone: block.tone,
        head: block.head,
        items: block.items.map(({ sentences }) => said(sentences)),
      }
  }
}

function markData(marks: readonly Mark[]): unknown {
  return marks.map(({ text, notes: [{ anchor, source }] }) => ({ text, anchor, source }))
}

/** Up to here, in characters, the first cell of a row reads as its name and is set in bold. */
const LONGEST_HEAD = 70

function hasShortHeads({ rows }: Table): boolean {
  return rows.every(({ cells: [first] }) => {
    const text = (first?.sentences ?? []).map(sentenceText).join(' ')
    return text.length <= LONGEST_HEAD
  })
}
