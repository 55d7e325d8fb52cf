// Writes a document as Markdown with footnotes, for version control and for those who copy text on.
import type {
  Block,
  Callout,
  Definitions,
  DossierDocument,
  List,
  Run,
  Section,
  Sentence,
  Table,
} from '../model/document.ts'
import { collectNotes, type Notes } from './notes.ts'
import { organisationText, withColon, writerWords } from './words.ts'

/** The document as one Markdown text (CommonMark with tables and footnotes). */
export function toMarkdown(document: DossierDocument): string {
  const words = writerWords(document.language)
  const notes = collectNotes(document)
  const { version } = document
  const head = [
    `# ${plain(document.title)}`,
    document.subtitle === '' ? undefined : `*${plain(document.subtitle)}*`,
    [
      `${words.organisation}: ${plain(organisationText(document.organisation, words))}  `,
      `${words.madeAt}: ${plain(version.madeAtText)}  `,
      ...(version.product === '' ? [] : [`${words.product}: Runde ${plain(version.product)}  `]),
      `${words.packs}: ${plain(version.packs.map(({ title }) => title).join(', '))}`,
    ].join('\n'),
    document.blockers > 0 ? `> **${words.blockers(document.blockers)}**` : undefined,
  ]
  const parts = [
    ...head,
    ...document.sections.flatMap((section) => sectionParts(section, notes, document.language)),
    `## ${words.notes}`,
    words.notesIntro,
    notes.all
      .map(({ anchor, mark, kind, text }) => `[^${anchor}]: ${mark} · ${kind}: ${plain(text)}`)
      .join('\n'),
  ]
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`
}

function sectionParts(section: Section, notes: Notes, language: DossierDocument['language']): string[] {
  return [
    `${'#'.repeat(section.level + 1)} ${plain(section.heading)}`,
    ...section.blocks.map((block) => blockText(block, notes, language)),
    ...section.sections.flatMap((inner) => sectionParts(inner, notes, language)),
  ]
}

function blockText(block: Block, notes: Notes, language: DossierDocument['language']): string {
  switch (block.kind) {
    case 'paragraph':
      return blockStart(sentences(block.sentences, notes))
    case 'definitions':
      return definitions(block, notes)
    case 'table':
      return table(block, notes)
    case 'list':
      return list(block, notes)
    case 'callout':
      return callout(block, notes, language)
  }
}

function definitions(block: Definitions, notes: Notes): string {
  return block.rows
    .map(({ term, sentences: said }) => `- **${plain(withColon(term))}** ${sentences(said, notes)}`)
    .join('\n')
}

function list(block: List, notes: Notes): string {
  return block.items
    .map(
      (item, index) =>
        `${block.ordered ? `${index + 1}.` : '-'} ${blockStart(sentences(item.sentences, notes))}`,
    )
    .join('\n')
}

function table(block: Table, notes: Notes): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const lines = [
    row(block.columns.map(({ header }) => plain(header))),
    row(block.columns.map(() => '---')),
    ...block.rows.map(({ cells }) => row(cells.map((cell) => sentences(cell.sentences, notes)))),
  ]
  return `**${plain(block.caption)}**\n\n${lines.join('\n')}`
}

function callout(block: Callout, notes: Notes, language: DossierDocument['language']): string {
  const tone = writerWords(language).tone[block.tone]
  return `> **${tone}: ${plain(block.title)}**\n>\n> ${sentences(block.sentences, notes)}`
}

function sentences(all: readonly Sentence[], notes: Notes): string {
  return all
    .map((sentence) => {
      const marks = notes.of(sentence).map(({ anchor }) => `[^${anchor}]`)
      return sentence.runs.map(run).join('') + marks.join('')
    })
    .join(' ')
}

function run({ text, mark }: Run): string {
  switch (mark) {
    case 'plain':
      return plain(text)
    case 'strong':
      return strong(plain(text))
    case 'missing':
      return `**\\[${plain(text)}\\]**`
  }
}

/** Emphasis must touch its text: blanks at its ends go outside. */
function strong(text: string): string {
  const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(text) ?? []
  return core === '' ? before : `${before}**${core}**${after}`
}

/** Keeps the signs of a text from becoming markup; line breaks become blanks, for a block is one line. */
function plain(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\\`*_{}[\]<>#|~]/gu, String.raw`\$&`)
}

/** At the beginning of a block a number or a dash would begin a list. */
function blockStart(text: string): string {
  return text.replace(/^(\d+)([.)]) /u, String.raw`$1\$2 `).replace(/^([-+=]) /u, String.raw`\$1 `)
}
