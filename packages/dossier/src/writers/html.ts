// Writes a document as one self-contained HTML page: no script, nothing fetched, made for reading aloud and for paper.
import type { DossierDocument, Run, Section, Sentence, Table } from '../model/document.ts'
import { HTML_STYLE } from './html-style.ts'
import { textParts } from './as-is.ts'
import { type CalloutBox, type PrintedBlock, printedBlocks } from './callouts.ts'
import { type Mark, type Marks, placeMarks } from './marks.ts'
import { noteGroups } from './note-groups.ts'
import { collectNotes, type Notes } from './notes.ts'
import { type WriterWords, frontLines, writerWords } from './words.ts'

/** A whole page, from doctype to the end. */
export function toHtml(document: DossierDocument): string {
  const title = escape(`${document.title} – ${document.organisation}`)
  return `<!doctype html>
<html lang="${document.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
${toHtmlArticle(document)}
</body>
</html>
`
}

/** The document as an element for a page that has its own head and style. */
export function toHtmlArticle(document: DossierDocument): string {
  const words = writerWords(document.language)
  const notes = collectNotes(document)
  const marks = placeMarks(document, notes)
  return `<main class="dossier" lang="${document.language}" id="document-${escape(document.id)}">
<header>
<h1>${escape(document.title)}</h1>
${document.subtitle === '' ? '' : `<p class="subtitle">${escape(document.subtitle)}</p>\n`}<dl class="version">
${frontLines(document, words)
  .map(([term, text]) => `<div><dt>${escape(term)}</dt><dd>${escape(text)}</dd></div>`)
  .join('\n')}
</dl>
${document.blockers > 0 ? `<p class="draft"><strong>${escape(words.blockers(document.blockers))}</strong></p>\n` : ''}</header>
${document.sections.map((section) => sectionHtml(section, marks, words)).join('\n')}
${notesHtml(notes, words)}
</main>`
}

function sectionHtml(section: Section, marks: Marks, words: WriterWords): string {
  const level = section.level + 1
  return `<section aria-labelledby="${escape(section.id)}">
<h${level} id="${escape(section.id)}">${escape(section.heading)}</h${level}>
${[
  ...printedBlocks(section, words).map((block) => blockHtml(block, marks)),
  ...section.sections.map((inner) => sectionHtml(inner, marks, words)),
].join('\n')}
</section>`
}

function blockHtml(block: PrintedBlock, marks: Marks): string {
  if (block.kind === 'box') return boxHtml(block, marks)
  const id = ` id="${escape(block.id)}"`
  switch (block.kind) {
    case 'paragraph':
      return `<p${id}>${sentences(block.sentences, marks)}</p>`
    case 'definitions':
      return `<dl${id}>\n${block.rows
        .map(
          (row) =>
            `<div id="${escape(row.id)}"><dt>${escape(row.term)}</dt><dd>${sentences(row.sentences, marks)}</dd></div>`,
        )
        .join('\n')}\n</dl>`
    case 'table':
      return tableHtml(block, marks)
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      const items = block.items.map(
        (item) => `<li id="${escape(item.id)}">${sentences(item.sentences, marks)}</li>`,
      )
      return `<${tag}${id}>\n${items.join('\n')}\n</${tag}>`
    }
  }
}

function boxHtml({ tone, head, items }: CalloutBox, marks: Marks): string {
  const [first, ...more] = items
  const inside =
    more.length === 0
      ? `<p id="${escape(first.id)}">${sentences(first.sentences, marks)}</p>`
      : `<ul>\n${items.map(({ id, sentences: said }) => `<li id="${escape(id)}">${sentences(said, marks)}</li>`).join('\n')}\n</ul>`
  return `<div class="callout ${tone}" role="note"><p class="callout-title">${escape(head)}</p>
${inside}</div>`
}

function tableHtml(block: Table, marks: Marks): string {
  const total = block.columns.reduce((sum, { weight }) => sum + weight, 0)
  const columns = block.columns.map(
    ({ weight }) => `<col style="width:${Math.round((weight / total) * 100)}%">`,
  )
  const heads = block.columns.map(({ header }) => `<th scope="col">${escape(header)}</th>`)
  const rows = block.rows.map(({ id, cells }) => {
    const html = cells.map((cell, index) => {
      const said = sentences(cell.sentences, marks)
      return index === 0 && block.rowHeaders ? `<th scope="row">${said}</th>` : `<td>${said}</td>`
    })
    return `<tr id="${escape(id)}">${html.join('')}</tr>`
  })
  return `<div class="table" role="group" aria-label="${escape(block.caption)}" tabindex="0"><table id="${escape(block.id)}">
<caption>${escape(block.caption)}${marksHtml(marks.caption(block))}</caption>
<colgroup>${columns.join('')}</colgroup>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`
}

function sentences(all: readonly Sentence[], marks: Marks): string {
  return all
    .map(
      (sentence) =>
        `<span id="${escape(sentence.key)}">${sentence.runs.map(runHtml).join('')}${marksHtml(marks.of(sentence))}</span>`,
    )
    .join(' ')
}

/** The marks after a text; the first does not begin a line. */
function marksHtml(all: readonly Mark[]): string {
  return all.length === 0 ? '' : `<span class="marks">\u2060${all.map(markHtml).join(' ')}</span>`
}

function markHtml({ text, notes }: Mark): string {
  const [{ anchor, source }] = notes
  const title = notes.map((note) => `${note.kind}: ${note.text}`).join('\n')
  return `<a class="mark ${source}" href="#${anchor}" title="${escape(title)}">${escape(text)}</a>`
}

function runHtml({ text, mark }: Run): string {
  switch (mark) {
    case 'plain':
      return plainHtml(text)
    case 'strong':
      return `<strong>${plainHtml(text)}</strong>`
    case 'missing':
      return `<mark>[${escape(text)}]</mark>`
    case 'code':
      return `<code>${escape(text)}</code>`
  }
}

/** Text of a run; addresses and hashes are not hyphenated. */
function plainHtml(text: string): string {
  return textParts(text)
    .map((part) => (part.asIs ? `<span class="as-is">${escape(part.text)}</span>` : escape(part.text)))
    .join('')
}

function notesHtml(notes: Notes, words: WriterWords): string {
  const groups = noteGroups(notes, words).map(({ id, heading, notes: inside }) => {
    const items = inside.map(
      ({ note, text }) =>
        `<div id="${note.anchor}" class="${note.source}"><dt>${escape(note.mark)}</dt><dd>${plainHtml(text)}</dd></div>`,
    )
    return `<h3 id="${id}">${escape(heading)}</h3>\n<dl aria-labelledby="${id}">\n${items.join('\n')}\n</dl>`
  })
  return `<section class="notes" aria-labelledby="list-of-notes">
<h2 id="list-of-notes">${escape(words.notes)}</h2>
<p>${escape(words.notesIntro)}</p>
${groups.join('\n')}
</section>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Keeps the signs of a text from becoming markup, inside and outside of attributes. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? sign)
}
