import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { toDocx } from './docx.ts'
import { toHtml } from './html.ts'
import { toMarkdown } from './markdown.ts'
import { collectNotes } from './notes.ts'
import { createPdfWriter } from './pdf.ts'
import { HOSTILE_TEXT, sampleDocument } from './testing/sample-document.ts'

describe('notes', () => {
  test('each source has one mark, however often it is cited; laws come last', () => {
    const { all } = collectNotes(sampleDocument())
    expect(all.map(({ mark }) => mark)).toEqual(['E1', 'G1', 'A1', '§1'])
    expect(new Set(all.map(({ anchor }) => anchor)).size).toBe(all.length)
  })

  test('the letters follow the language', () => {
    expect(collectNotes(sampleDocument('en')).all.map(({ mark }) => mark)).toEqual(['S1', 'M1', 'D1', '§1'])
  })
})

describe('HTML', () => {
  const html = toHtml(sampleDocument())

  test('no text becomes markup', () => {
    expect(html).not.toContain('<script>')
    expect(html).not.toContain('<b>')
    expect(html.match(/&lt;script&gt;/g)).toHaveLength(3)
  })

  test('every mark leads to its note, and every id is there once', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(targets.length).toBeGreaterThan(5)
    for (const target of targets) expect(ids).toContain(target)
  })

  test('names language, table headers and sections, and fetches nothing', () => {
    expect(html).toContain('<html lang="de">')
    expect(html).toContain('<th scope="col">Daten</th>')
    expect(html).toContain('<th scope="row">')
    expect(html).not.toMatch(/(?:src|href)="(?!#)/)
    expect(html).not.toMatch(/https?:/)
    expect(html).toMatch(/<h1>.*<h2.*<h3/s)
  })

  test('what is missing is visible as such', () => {
    expect(html).toContain('<mark>[noch nicht angegeben]</mark>')
    expect(html).toContain('2 Punkte stehen der Freigabe')
  })
})

describe('Markdown', () => {
  const markdown = toMarkdown(sampleDocument())

  test('signs of the text are escaped, in tables and at the beginning of items, too', () => {
    expect(markdown).toContain('\\<script\\>alert(1)\\</script\\>')
    expect(markdown).toContain('Ende der Besprechung \\| sofort[^probe-1]')
    expect(markdown).toContain('2. 2\\. Zweitens.')
  })

  test('every reference has its footnote', () => {
    const defined = [...markdown.matchAll(/^\[\^([\w-]+)\]:/gm)].map(([, name]) => name)
    const used = [...markdown.matchAll(/\[\^([\w-]+)\](?!:)/g)].map(([, name]) => name)
    expect(new Set(used)).toEqual(new Set(defined))
  })
})

describe('DOCX', () => {
  test('has real headings, a repeated table header, bookmarks for all marks, and the text as text', async () => {
    const xml = zipEntry(await toDocx(sampleDocument()), 'word/document.xml')
    expect(xml).toContain('w:val="Heading1"')
    expect(xml).toContain('w:val="Heading2"')
    expect(xml).toContain('<w:tblHeader/>')
    const anchors = [...xml.matchAll(/w:anchor="([^"]+)"/g)].map(([, name]) => name)
    const bookmarks = [...xml.matchAll(/<w:bookmarkStart [^>]*w:name="([^"]+)"/g)].map(([, name]) => name)
    expect(anchors.length).toBeGreaterThan(5)
    for (const anchor of anchors) expect(bookmarks).toContain(anchor)
    expect(xml).toContain(
      HOSTILE_TEXT.replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;'),
    )
  })

  test('names its language', async () => {
    const styles = zipEntry(await toDocx(sampleDocument('en')), 'word/styles.xml')
    expect(styles).toContain('w:val="en-GB"')
  })
})

describe('PDF', () => {
  test('is tagged and declares PDF/UA-1, language and title', async () => {
    const write = await createPdfWriter()
    if (!write)
      throw new Error('The Typst compiler is missing: npm ci installs it on all platforms with tests.')
    const bytes = write(sampleDocument())
    const text = new TextDecoder('latin1').decode(bytes)
    expect(text.startsWith('%PDF-1.7')).toBe(true)
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(text).toContain('/MarkInfo')
    expect(text).toContain('/StructTreeRoot')
    expect(text).toContain('/Lang (de')
    expect(text).toMatch(/\/S\s*\/TH|\/DisplayDocTitle true/)
  })

  test('is the same twice', async () => {
    const write = await createPdfWriter()
    expect(write?.(sampleDocument())).toEqual(write?.(sampleDocument()))
  })
})

/** The text of one entry of a ZIP archive, found through its central directory. */
function zipEntry(archive: Uint8Array, name: string): string {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const decoder = new TextDecoder()
  for (let at = 0; at < archive.length - 4; at++) {
    if (view.getUint32(at, true) !== 0x0201_4b50) continue
    const length = view.getUint16(at + 28, true)
    if (decoder.decode(archive.subarray(at + 46, at + 46 + length)) !== name) continue
    const header = view.getUint32(at + 42, true)
    const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true)
    const packed = archive.subarray(start, start + view.getUint32(at + 20, true))
    return decoder.decode(view.getUint16(at + 10, true) === 0 ? packed : inflateRawSync(packed))
  }
  throw new Error(`no ${name} in the archive`)
}
