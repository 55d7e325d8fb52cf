import { audit } from '@runde/jitsi-audit'
import { type DossierDocument, type Section, sentencesOf } from '@runde/dossier'
import { toDocx } from '@runde/dossier/docx'
import { createPdfWriter } from '@runde/dossier/pdf'
import { toHtml, toMarkdown } from '@runde/dossier/writers'
import { expect, test, vi } from 'vitest'
import { StartFailure } from '../start-failures.ts'
import { auditDocument } from './audit-jitsi-document.ts'
import { preparePrint } from './audit-jitsi-print.ts'

const SECRET = 'Tr0ub4dor-and-3-more-words'
const HOSTILE = 'etc/jitsi/meet/a|b<img src=x>`$x`#let-config.js'
const FILES = [
  {
    path: HOSTILE,
    text: "var config = { p2p: { enabled: true, stunServers: [{ urls: 'stun:stun.l.google.com:19302' }] } };\n",
  },
  { path: 'etc/turnserver.conf', text: `realm=meet.verein.test\nno-auth\nstatic-auth-secret=${SECRET}\n` },
  {
    path: 'etc/nginx/sites-available/meet.conf',
    text: 'server {\n  server_name meet.verein.test;\n  access_log /var/log/nginx/m.log;\n}\n',
  },
]
const report = audit(FILES)
const NOW = Date.UTC(2026, 10, 24)

function made(language: 'de' | 'en'): DossierDocument {
  return auditDocument(report, { language, now: NOW, version: '1.2.3' })
}

function ids(sections: readonly Section[]): string[] {
  return sections.flatMap(({ id, blocks, sections: inner }) => [
    id,
    ...blocks.map((block) => block.id),
    ...ids(inner),
  ])
}

test('ids and keys are unique, levels never skip, and both languages have the same parts', () => {
  const [german, english] = [made('de'), made('en')]
  for (const document of [german, english]) {
    const all = ids(document.sections)
    expect(new Set(all).size).toBe(all.length)
    const keys = sentencesOf(document).map(({ sentence }) => sentence.key)
    expect(new Set(keys).size).toBe(keys.length)
    const check = (sections: readonly Section[], level: number): void => {
      for (const section of sections) {
        expect(section.level).toBe(level)
        check(section.sections, level + 1)
      }
    }
    check(document.sections, 1)
  }
  expect(ids(english.sections)).toEqual(ids(german.sections))
  expect(german.version.madeAtText).toBe('24. November 2026')
})

test('every violated rule has its section with place and change, and every sentence of the paperwork its source', () => {
  const text = toMarkdown(made('de'))
  const violated = report.findings.filter(({ state }) => state === 'violated')
  expect(ids(made('de').sections)).toEqual(expect.arrayContaining(violated.map(({ rule }) => `rule-${rule}`)))
  expect(text).toContain('`etc/turnserver.conf:2`')
  expect(text).toContain('| 3 | bisher | `access_log /var/log/nginx/m.log;` |')
  expect(text).toContain('| 3 | neu | `access_log off;` |')
  expect(text).toMatch(
    /E\d+ · Einstellung: C01 NGINX-IP: verletzt, etc\/nginx\/sites-available\/meet\.conf:3/,
  )
  expect(text).not.toContain(SECRET)
})

test('names of files stay text in HTML, Word and PDF', async () => {
  const page = toHtml(made('en'))
  expect(page).not.toContain('<img')
  expect(page).toContain('&lt;img')
  const word = await toDocx(made('en'))
  expect(Buffer.from(word.subarray(0, 2)).toString()).toBe('PK')
  const write = await createPdfWriter()
  if (write === undefined) return
  for (const language of ['de', 'en'] as const) {
    const pdf = Buffer.from(write(made(language)))
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    // Tagged for those who have it read aloud.
    expect(pdf.includes('/StructTreeRoot')).toBe(true)
  }
})

test('where the typesetting component is missing, PDF is refused before anything is examined, and Word is not', async () => {
  vi.doMock('@runde/dossier/pdf', () => ({ createPdfWriter: () => Promise.resolve(undefined) }))
  await expect(preparePrint({ pdf: 'x.pdf' })).rejects.toThrow(StartFailure)
  const saved: string[] = []
  const print = await preparePrint({ docx: 'x.docx' })
  await print(report, { language: 'de', now: NOW, version: '1.2.3' }, (path) => saved.push(path))
  expect(saved).toEqual(['x.docx'])
  vi.doUnmock('@runde/dossier/pdf')
})
