// Writes a document as DOCX with real heading, list and table styles, which an officer can go on editing.
import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  type ILevelsOptions,
  InternalHyperlink,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  SectionType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type {
  Callout,
  DossierDocument,
  Run,
  Section,
  Sentence,
  Table as TableBlock,
} from '../model/document.ts'
import { MARK_COLOURS, docxStyles } from './docx-style.ts'
import { textParts } from './as-is.ts'
import { type PrintedBlock, printedBlocks } from './callouts.ts'
import { type Mark, type Marks, placeMarks } from './marks.ts'
import { noteGroups } from './note-groups.ts'
import { collectNotes, type Note, type Notes } from './notes.ts'
import { type WriterWords, frontLines, withColon, writerWords } from './words.ts'

/** Twips of the text's width: A4 less two margins of 22 mm. */
const TEXT_WIDTH = 9410

const PAGE = { margin: { top: 1360, bottom: 1250, left: 1248, right: 1248 } }

/** Tones of what stands against an approval. */
const BLOCKING: ReadonlySet<Callout['tone']> = new Set(['missing', 'contradiction', 'red'])

const HEADINGS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const

/** The bytes of a .docx file. */
export async function toDocx(document: DossierDocument): Promise<Uint8Array> {
  const words = writerWords(document.language)
  const notes = collectNotes(document)
  const marks = placeMarks(document, notes)
  const file = new Document({
    title: document.title,
    subject: document.subtitle,
    creator: document.organisation,
    lastModifiedBy: document.organisation,
    styles: docxStyles(document.language),
    hyphenation: { autoHyphenation: true },
    numbering: {
      config: [listOf('ordered', LevelFormat.DECIMAL, '%1.'), listOf('bullets', LevelFormat.BULLET, '•')],
    },
    sections: [
      {
        properties: { page: PAGE },
        headers: {
          default: new Header({ children: [small([document.title, ' · ', document.organisation])] }),
        },
        footers: { default: new Footer({ children: [footer(document, words)] }) },
        children: [...content(document, words, marks), ...notesHead(words)],
      },
      {
        // The list of sources is set in two columns; header and footer go on from the section before.
        properties: { page: PAGE, type: SectionType.CONTINUOUS, column: { count: 2, space: 400 } },
        children: notesContent(notes, words),
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(file))
}

function content(document: DossierDocument, words: WriterWords, marks: Marks): (Paragraph | Table)[] {
  return [
    new Paragraph({ text: document.title, heading: HeadingLevel.TITLE }),
    ...(document.subtitle === '' ? [] : [new Paragraph({ text: document.subtitle, style: 'Subtitle' })]),
    ...frontLines(document, words).map(
      ([term, text]) =>
        new Paragraph({
          style: 'Front',
          children: [new TextRun({ text: `${term}: `, bold: true }), new TextRun(text)],
        }),
    ),
    ...(document.blockers > 0
      ? [
          new Paragraph({
            style: 'CalloutBlocking',
            children: [new TextRun({ text: words.blockers(document.blockers), bold: true })],
          }),
        ]
      : []),
    ...document.sections.flatMap((section) => sectionContent(section, marks, words)),
  ]
}

function notesHead(words: WriterWords): Paragraph[] {
  return [
    new Paragraph({ text: words.notes, heading: HeadingLevel.HEADING_1 }),
    new Paragraph({ text: words.notesIntro, keepNext: true }),
  ]
}

function notesContent(notes: Notes, words: WriterWords): Paragraph[] {
  return noteGroups(notes, words).flatMap(({ heading, notes: inside }) => [
    new Paragraph({ text: heading, heading: HeadingLevel.HEADING_2 }),
    ...inside.map(({ note, text }) => noteParagraph(note, text)),
  ])
}

function sectionContent(section: Section, marks: Marks, words: WriterWords): (Paragraph | Table)[] {
  return [
    new Paragraph({ text: section.heading, heading: HEADINGS[section.level - 1] ?? HeadingLevel.HEADING_3 }),
    ...printedBlocks(section, words).flatMap((block, index) =>
      blockContent(block, marks, `${section.id}-${index}`),
    ),
    ...section.sections.flatMap((inner) => sectionContent(inner, marks, words)),
  ]
}

function blockContent(block: PrintedBlock, marks: Marks, instance: string): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'paragraph':
      return [new Paragraph({ children: said(block.sentences, marks) })]
    case 'definitions':
      return block.rows.map(
        ({ term, sentences }) =>
          new Paragraph({
            style: 'Definition',
            children: [new TextRun({ text: `${withColon(term)} `, bold: true }), ...said(sentences, marks)],
          }),
      )
    case 'list':
      return block.items.map(
        ({ sentences }) =>
          new Paragraph({
            style: 'ListText',
            ...(block.ordered
              ? { numbering: { reference: 'ordered', level: 0, instance: instanceNumber(instance) } }
              : { numbering: { reference: 'bullets', level: 0 } }),
            children: said(sentences, marks),
          }),
      )
    case 'table':
      return [
        new Paragraph({
          style: 'Caption',
          keepNext: true,
          children: [new TextRun(block.caption), ...marks.caption(block).map(reference)],
        }),
        table(block, marks),
        new Paragraph(''),
      ]
    case 'box':
      return block.items.map(
        ({ sentences }, index) =>
          new Paragraph({
            style: BLOCKING.has(block.tone) ? 'CalloutBlocking' : 'Callout',
            children: [
              ...(index === 0 ? [new TextRun({ text: `${block.head}. `, bold: true })] : []),
              ...said(sentences, marks),
            ],
          }),
      )
  }
}

function table(block: TableBlock, marks: Marks): Table {
  const total = block.columns.reduce((sum, { weight }) => sum + weight, 0)
  const widths = block.columns.map(({ weight }) => Math.round((TEXT_WIDTH * weight) / total))
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: block.columns.map(
      ({ header: text }) =>
        new TableCell({ shading: { fill: 'F1EEE7' }, children: [cell([new TextRun({ text, bold: true })])] }),
    ),
  })
  const rows = block.rows.map(
    ({ cells }) =>
      new TableRow({
        cantSplit: true,
        children: cells.map(({ sentences }) => new TableCell({ children: [cell(said(sentences, marks))] })),
      }),
  )
  return new Table({
    columnWidths: widths,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    borders: BORDERS,
    margins: { top: 60, bottom: 60, left: 90, right: 90 },
    rows: [header, ...rows],
  })
}

const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'C9C4BA' }
const BORDERS = {
  top: LINE,
  bottom: LINE,
  left: LINE,
  right: LINE,
  insideHorizontal: LINE,
  insideVertical: LINE,
}

function cell(children: readonly ParagraphChild[]): Paragraph {
  return new Paragraph({ style: 'TableText', children: [...children] })
}

function said(sentences: readonly Sentence[], marks: Marks): ParagraphChild[] {
  return sentences.flatMap((sentence, index) => [
    ...(index === 0 ? [] : [new TextRun(' ')]),
    ...sentence.runs.flatMap(run),
    ...marks.of(sentence).map(reference),
  ])
}

function run({ text, mark }: Run): TextRun[] {
  switch (mark) {
    case 'plain':
      return pieces(text, false)
    case 'strong':
      return pieces(text, true)
    case 'missing':
      return [new TextRun({ text: `[${text}]`, bold: true, color: '9C1C1C' })]
    case 'code':
      return [new TextRun({ text, style: 'Code', noProof: true })]
  }
}

/** Text without proofing is not hyphenated either. */
function pieces(text: string, bold: boolean): TextRun[] {
  return textParts(text).map((part) => new TextRun({ text: part.text, bold, noProof: part.asIs }))
}

function reference({ text, notes: [{ anchor, source }] }: Mark): ParagraphChild {
  return new InternalHyperlink({
    anchor: bookmarkName(anchor),
    // A blank that does not break keeps the mark with its word.
    children: [
      new TextRun({ text: `\u00A0${text}`, style: 'SourceMark', color: MARK_COLOURS[source], bold: false }),
    ],
  })
}

function noteParagraph({ mark, anchor }: Note, text: string): Paragraph {
  return new Paragraph({
    style: 'Note',
    children: [
      new Bookmark({ id: bookmarkName(anchor), children: [new TextRun({ text: mark, bold: true })] }),
      new TextRun('\t'),
      ...pieces(text, false),
    ],
  })
}

/** Word allows letters, digits and the underscore, 40 signs at most. */
function bookmarkName(anchor: string): string {
  return `note_${anchor.replaceAll('-', '_')}`.slice(0, 40)
}

function footer({ version }: DossierDocument, words: WriterWords): Paragraph {
  return small([
    `${words.madeAt} ${version.madeAtText} · ${words.page} `,
    PageNumber.CURRENT,
    ` ${words.of} `,
    PageNumber.TOTAL_PAGES,
  ])
}

function small(children: readonly string[]): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.START,
    children: [new TextRun({ size: 17, children: [...children] })],
  })
}

function listOf(
  reference: string,
  format: (typeof LevelFormat)[keyof typeof LevelFormat],
  text: string,
): { reference: string; levels: ILevelsOptions[] } {
  const style = { paragraph: { indent: { left: 400, hanging: 300 } } }
  return { reference, levels: [{ level: 0, format, text, alignment: AlignmentType.START, style }] }
}

/** A number of its own for each list, so that every list begins with 1. */
function instanceNumber(text: string): number {
  let hash = 7
  for (const sign of text) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003
  return hash
}
