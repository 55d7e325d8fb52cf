// Writes a document as one self-contained HTML page: no script, nothing fetched, made for reading aloud and for paper.
import type { Block, DossierDocument, Language, Run, Section, Sentence, Table } from '../model/document.ts'
import { HTML_STYLE } from './html-style.ts'
import { collectNotes, type Note, type Notes } from './notes.ts'
import { organisationText, writerWords } from './words.ts'

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
  const { version } = document
  const facts: (readonly [string, string])[] = [
    [words.organisation, organisationText(document.organisation, words)],
    [words.madeAt, version.madeAtText],
    ...(version.product === '' ? [] : [[words.product, `Runde ${version.product}`] as const]),
    [words.packs, version.packs.map((pack) => pack.title).join(', ')],
  ]
  return `<main class="dossier" lang="${document.language}" id="${escape(document.id)}">
<header>
<h1>${escape(document.title)}</h1>
${document.subtitle === '' ? '' : `<p class="subtitle">${escape(document.subtitle)}</p>\n`}<dl class="version">
${facts.map(([term, text]) => `<div><dt>${escape(term)}</dt><dd>${escape(text)}</dd></div>`).join('\n')}
</dl>
${document.blockers > 0 ? `<p class="draft"><strong>${escape(words.blockers(document.blockers))}</strong></p>\n` : ''}</header>
${document.sections.map((section) => sectionHtml(section, notes, document.language)).join('\n')}
${notesHtml(notes.all, document.language)}
</main>`
}

function sectionHtml(section: Section, notes: Notes, language: Language): string {
  const level = section.level + 1
  return `<section aria-labelledby="${escape(section.id)}">
<h${level} id="${escape(section.id)}">${escape(section.heading)}</h${level}>
${[
  ...section.blocks.map((block) => blockHtml(block, notes, language)),
  ...section.sections.map((inner) => sectionHtml(inner, notes, language)),
].join('\n')}
</section>`
}

function blockHtml(block: Block, notes: Notes, language: Language): string {
  const id = ` id="${escape(block.id)}"`
  switch (block.kind) {
    case 'paragraph':
      return `<p${id}>${sentences(block.sentences, notes)}</p>`
    case 'definitions':
      return `<dl${id}>\n${block.rows
        .map(
          (row) =>
            `<div id="${escape(row.id)}"><dt>${escape(row.term)}</dt><dd>${sentences(row.sentences, notes)}</dd></div>`,
        )
        .join('\n')}\n</dl>`
    case 'table':
      return tableHtml(block, notes)
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      const items = block.items.map(
        (item) => `<li id="${escape(item.id)}">${sentences(item.sentences, notes)}</li>`,
      )
      return `<${tag}${id}>\n${items.join('\n')}\n</${tag}>`
    }
    case 'callout': {
      const tone = writerWords(language).tone[block.tone]
      return `<div${id} class="callout ${block.tone}" role="note"><p class="callout-title"><span class="tone">${escape(tone)}:</span> ${escape(block.title)}</p>
<p>${sentences(block.sentences, notes)}</p></div>`
    }
  }
}

function tableHtml(block: Table, notes: Notes): string {
  const total = block.columns.reduce((sum, { weight }) => sum + weight, 0)
  const columns = block.columns.map(
    ({ weight }) => `<col style="width:${Math.round((weight / total) * 100)}%">`,
  )
  const heads = block.columns.map(({ header }) => `<th scope="col">${escape(header)}</th>`)
  const rows = block.rows.map(({ id, cells }) => {
    const html = cells.map((cell, index) => {
      const said = sentences(cell.sentences, notes)
      return index === 0 && block.rowHeaders ? `<th scope="row">${said}</th>` : `<td>${said}</td>`
    })
    return `<tr id="${escape(id)}">${html.join('')}</tr>`
  })
  return `<div class="table" role="region" aria-label="${escape(block.caption)}" tabindex="0"><table id="${escape(block.id)}">
<caption>${escape(block.caption)}</caption>
<colgroup>${columns.join('')}</colgroup>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`
}

function sentences(all: readonly Sentence[], notes: Notes): string {
  return all
    .map((sentence) => {
      const marks = notes.of(sentence).map(markHtml)
      const rest = marks.length === 0 ? '' : `<span class="marks">${marks.join('')}</span>`
      return `<span id="${escape(sentence.key)}">${sentence.runs.map(runHtml).join('')}${rest}</span>`
    })
    .join(' ')
}

function markHtml(note: Note): string {
  return `<a class="mark ${note.source}" href="#${note.anchor}" title="${escape(`${note.kind}: ${note.text}`)}">${escape(note.mark)}</a>`
}

function runHtml({ text, mark }: Run): string {
  switch (mark) {
    case 'plain':
      return escape(text)
    case 'strong':
      return `<strong>${escape(text)}</strong>`
    case 'missing':
      return `<mark>[${escape(text)}]</mark>`
  }
}

function notesHtml(all: readonly Note[], language: Language): string {
  const words = writerWords(language)
  const items = all.map(
    ({ anchor, mark, kind, text, source }) =>
      `<div id="${anchor}" class="${source}"><dt>${escape(mark)}</dt><dd><span class="kind">${escape(kind)}:</span> ${escape(text)}</dd></div>`,
  )
  return `<section class="notes" aria-labelledby="list-of-notes">
<h2 id="list-of-notes">${escape(words.notes)}</h2>
<p>${escape(words.notesIntro)}</p>
<dl>
${items.join('\n')}
</dl>
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
