// The structure tree of the PDFs, as PDF/UA-1 (ISO 14289-1) wants it: read object by object, without a PDF library.
import { beforeAll, describe, expect, test } from 'vitest'
import { dossier } from '../dossier.ts'
import type { DossierDocument } from '../model/document.ts'
import { NOW, organisation } from '../testing/organisations.ts'
import { type PdfWriter, createPdfWriter } from './pdf.ts'

interface Node {
  role: string
  body: string
  children: Node[]
}

let write: PdfWriter | undefined
beforeAll(async () => {
  write = await createPdfWriter()
})

const DOCUMENTS: DossierDocument[] = [
  ...dossier(organisation('hoster'), { language: 'de', now: NOW }).documents,
  ...dossier(organisation('protestant-parish'), { language: 'en', now: NOW }).documents,
  ...dossier(organisation('private-person'), { language: 'de', now: NOW }).documents,
]

function objectsOf(pdf: string): Map<string, string> {
  return new Map(
    [...pdf.matchAll(/\n(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id ?? '', body ?? '']),
  )
}

/** The element with everything below it; marked content (plain numbers) is left out. */
function elementAt(objects: ReadonlyMap<string, string>, id: string): Node {
  const body = objects.get(id) ?? ''
  const kids = /\/K \[([^\]]*)\]/.exec(body)?.[1] ?? ''
  return {
    role: /\/S \/(\w+)/.exec(body)?.[1] ?? '',
    body,
    children: [...kids.matchAll(/(\d+) 0 R/g)]
      .map(([, kid]) => elementAt(objects, kid ?? ''))
      .filter(({ role }) => role !== ''),
  }
}

function below(node: Node, ...roles: readonly string[]): Node[] {
  return node.children.flatMap((child) => [
    ...(roles.includes(child.role) ? [child] : []),
    ...below(child, ...roles),
  ])
}

describe.each(DOCUMENTS)('$id ($language)', (document) => {
  let pdf = ''
  let objects: ReadonlyMap<string, string>
  let root: Node
  beforeAll(() => {
    if (write === undefined)
      throw new Error('The Typst compiler is missing: npm ci installs it on all platforms with tests.')
    pdf = new TextDecoder('latin1').decode(write(document))
    objects = objectsOf(pdf)
    const tree = [...objects.values()].find((body) => body.includes('/Type /StructTreeRoot')) ?? ''
    root = elementAt(objects, /\/K \[(\d+) 0 R\]/.exec(tree)?.[1] ?? '')
  })

  test('is marked, in its language, with a title that is shown', () => {
    expect(pdf).toMatch(/\/Marked true/)
    expect(pdf).toContain(`/Lang (${document.language}`)
    expect(pdf).toContain('/DisplayDocTitle true')
    expect(pdf).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(root.role).toBe('Document')
  })

  test('has one title and headings that skip no level', () => {
    const levels = below(root, 'H1', 'H2', 'H3', 'H4', 'H5', 'H6').map(({ role }) => Number(role.slice(1)))
    expect(levels.filter((level) => level === 1)).toEqual([1])
    expect(levels[0]).toBe(1)
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([])
  })

  test('has tables with a caption, heads with a scope, and even rows', () => {
    const tables = below(root, 'Table')
    const wanted = JSON.stringify(document.sections).match(/"kind":"table"/g)?.length ?? 0
    expect(tables).toHaveLength(wanted)
    expect(below(root, 'Caption')).toHaveLength(wanted)
    for (const table of tables) {
      const heads = below(table, 'TH')
      expect(heads.length).toBeGreaterThan(1)
      expect(heads.filter(({ body }) => !body.includes('/Scope /'))).toEqual([])
      const widths = below(table, 'TR').map((line) => line.children.length)
      expect(new Set(widths).size).toBe(1)
    }
  })

  test('has lists of labelled items, and links that say where they lead', () => {
    for (const list of below(root, 'L')) {
      expect(new Set(list.children.map(({ role }) => role))).toEqual(new Set(['LI']))
      for (const item of list.children) expect(below(item, 'LBody')).not.toHaveLength(0)
    }
    const links = [...objects.values()].filter((body) => body.includes('/Subtype /Link'))
    expect(links.filter((body) => !body.includes('/Contents (') || !body.includes('/StructParent '))).toEqual(
      [],
    )
    expect(below(root, 'Link').length).toBeGreaterThan(0)
  })

  test('has pages in the order of the structure, and every font inside', () => {
    const pages = [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body))
    expect(pages.length).toBeGreaterThan(0)
    expect(pages.filter((body) => !body.includes('/StructParents '))).toEqual([])
    // The order of the keyboard matters where there are links.
    expect(pages.filter((body) => body.includes('/Annots') && !body.includes('/Tabs /S'))).toEqual([])
    const fonts = [...objects.values()].filter((body) => body.includes('/Type /FontDescriptor'))
    expect(fonts.length).toBeGreaterThan(0)
    expect(fonts.filter((body) => !/\/FontFile[23]? /.test(body))).toEqual([])
  })
})
