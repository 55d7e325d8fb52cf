// Writes a document as Markdown with footnotes, for version control and for those who copy text on.
import type { Definitions, DossierDocument, List, Run, Section, Sentence, Table } from '../model/document.ts'
import { type CalloutBox, type PrintedBlock, printedBlocks } from './callouts.ts'
import { type Mark, type Marks, placeMarks } from './marks.ts'
import { collectNotes } from './notes.ts'
import { type WriterWords, frontLines, withColon, writerWords } from './words.ts'

/** The document as one Markdown text (CommonMark with tables and footnotes). */
export function toMarkdown(document: DossierDocument): string {
  const words = writerWords(document.language)
  const notes = collectNotes(document)
  const marks = placeMarks(document, notes)
  const head = [
    `# ${plain(document.title)}`,
    document.subtitle === '' ? undefined : `*${plain(document.subtitle)}*`,
    frontLines(document, words)
      .map(([term, text]) => `- ${term}: ${plain(text)}`)
      .join('\n'),
    document.blockers > 0 ? `> **${words.blockers(document.blockers)}**` : undefined,
  ]
  const parts = [
    ...head,
    ...document.sections.flatMap((section) => sectionParts(section, marks, words)),
    `## ${words.notes}`,
    words.notesIntro,
    notes.all
      .map(({ anchor, mark, kind, text }) => `[^${anchor}]: ${mark} · ${kind}: ${plain(text)}`)
      .join('\n'),
  ]
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`
}

function sectionParts(section: Section, marks: Marks, words: WriterWords): string[] {
  return [
    `${'#'.repeat(section.level + 1)} ${plain(section.heading)}`,
    ...printedBlocks(section, words).map((block) => blockText(block, marks)),
    ...section.sections.flatMap((inner) => sectionParts(inner, marks, words)),
  ]
}

function blockText(block: PrintedBlock, marks: Marks): string {
  switch (block.kind) {
    case 'paragraph':
      return blockStart(sentences(block.sentences, marks))
    case 'definitions':
      return definitions(block, marks)
    case 'table':
      return table(block, marks)
    case 'list':
      return list(block, marks)
    case 'box':
      return box(block, marks)
  }
}

function definitions(block: Definitions, marks: Marks): string {
  return block.rows
    .map(({ term, sentences: said }) => `- **${plain(withColon(term))}** ${sentences(said, marks)}`)
    .join('\n')
}

function list(block: List, marks: Marks): string {
  return block.items
    .map(
      (item, index) =>
        `${block.ordered ? `${index + 1}.` : '-'} ${blockStart(sentences(item.sentences, marks))}`,
    )
    .join('\n')
}

function table(block: Table, marks: Marks): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const lines = [
    row(block.columns.map(({ header }) => plain(header))),
    row(block.columns.map(() => '---')),
    ...block.rows.map(({ cells }) => row(cells.map((cell) => sentences(cell.sentences, marks)))),
  ]
  return `**${plain(block.caption)}**${references(marks.caption(block))}\n\n${lines.join('\n')}`
}

function box({ head, items }: CalloutBox, marks: Marks): string {
  const [first, ...more] = items.map(({ sentences: said }) => blockStart(sentences(said, marks)))
  const lines = more.length === 0 ? [first ?? ''] : [first ?? '', ...more].map((text) => `- ${text}`)
  return [`> **${plain(head)}**`, '>', ...lines.map((line) => `> ${line}`)].join('\n')
}

function sentences(all: readonly Sentence[], marks: Marks): string {
  return all.map((sentence) => sentence.runs.map(run).join('') + references(marks.of(sentence))).join(' ')
}

/** Footnotes have no runs: each note is referred to by itself. */
function references(marks: readonly Mark[]): string {
  return marks.flatMap(({ notes }) => notes.map(({ anchor }) => `[^${anchor}]`)).join('')
}

function run({ text, mark }: Run): string {
  switch (mark) {
    case 'plain':
      return plain(text)
    case 'strong':
      return strong(plain(text))
    case 'missing':
      return `**\\[${plain(text)}\\]**`
    case 'code':
      return code(text)
  }
}

/** A code span; its fence is longer than any run of backticks inside. A bar would end the cell of a table, even in code. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').replaceAll('|', String.raw`\|`)
  const longest = Math.max(0, ...[...line.matchAll(/`+/gu)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return line.trim() === '' ? '' : `${fence}${longest > 0 ? ` ${line} ` : line}${fence}`
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
