// Answers with everything as one bundle: all documents in all formats and both languages, and what stands behind them.
//
//   GET /api/export -> application/zip
//     de/, en/          each document as .pdf (when the server can make one), .docx, .html, .md and .json
//     facts.json        the fact sheet; with it, `runde dossier --facts` makes the same documents without a server
//     approvals.json    the chain of approvals, each with its hash; snapshots/NNNN.json: what was approved, as it was hashed
//     comments.json, proofs.json (latest result of each probe), deletions.json (proofs of deletion)
//     LIESMICH.txt, README.txt  what is what, and how the hashes are checked without this product
//     SHA256SUMS        a hash of every other file, in the form of `sha256sum -c`
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { writeFacts, type Language } from '@runde/dossier'
import { toHtml, toMarkdown } from '@runde/dossier/writers'
import { brokenSnapshot } from '@runde/store'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import type { DossierService } from '../facts/dossier-service.ts'
import { Refusal } from '../http/answers.ts'
import { BUNDLE_README } from './bundle-readme.ts'
import { presentDocuments } from './frozen.ts'
import { zip, type ZipFile } from './zip.ts'

/** `/api/export`. */
export function exportRoutes(server: ServerContext, documents: DossierService): Hono {
  const routes = new Hono()
  let running = false
  routes.get('/api/export', async () => {
    // Seconds of one core: one at a time is enough for a house.
    if (running) throw new Refusal('too_many_requests', { retryAfterSeconds: RETRY_SECONDS })
    running = true
    try {
      return bundleResponse(await bundleFiles(server, documents), server.now())
    } finally {
      running = false
    }
  })
  return routes
}

/** About as long as one bundle takes. */
const RETRY_SECONDS = 10

async function bundleFiles(server: ServerContext, documents: DossierService): Promise<ZipFile[]> {
  const files = [
    text('LIESMICH.txt', BUNDLE_README.de),
    text('README.txt', BUNDLE_README.en),
    ...(await documentFiles(documents)),
    text('facts.json', writeFacts(await documents.sheet())),
    ...(await recordFiles(server)),
  ]
  return [...files, text('SHA256SUMS', sums(files))]
}

function bundleResponse(files: readonly ZipFile[], now: number): Response {
  const day = new Date(now).toISOString().slice(0, 10)
  return new Response(zip(files, now), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="runde-${day}.zip"`,
    },
  })
}

async function documentFiles(documents: DossierService): Promise<ZipFile[]> {
  // Loaded when somebody exports: the libraries are large.
  const { toDocx } = await import('@runde/dossier/docx')
  const { createPdfWriter } = await import('@runde/dossier/pdf')
  const writePdf = await createPdfWriter()
  const present = await presentDocuments(documents)
  const languages: readonly Language[] = ['de', 'en']
  const files: ZipFile[] = []
  for (const language of languages) {
    for (const document of present[language]) {
      const path = `${language}/${document.id}`
      files.push(
        { path: `${path}.docx`, content: await toDocx(document) },
        text(`${path}.html`, toHtml(document)),
        text(`${path}.md`, toMarkdown(document)),
        json(`${path}.json`, document),
      )
      if (writePdf !== undefined) files.push({ path: `${path}.pdf`, content: writePdf(document) })
      // A PDF takes tenths of a second: whoever else is asking comes in between.
      await setImmediate()
    }
  }
  return files
}

async function recordFiles({ store }: ServerContext): Promise<ZipFile[]> {
  const snapshots = await store.snapshots.all()
  const comments = await store.comments.all()
  const deletions = await store.deletions.list()
  const probes = await store.probes.latest()
  return [
    json('approvals.json', {
      brokenAt: brokenSnapshot(snapshots) ?? null,
      // The content is in a file of its own, byte for byte as it was hashed.
      approvals: snapshots.map((snapshot) => ({
        number: snapshot.number,
        document: snapshot.document,
        approverName: snapshot.approverName,
        approverRoles: snapshot.approverRoles,
        approvedAt: iso(snapshot.approvedAt),
        reviewOn: snapshot.reviewOn,
        previous: snapshot.previous,
        hash: snapshot.hash,
      })),
    }),
    ...snapshots.map(({ number, content }) =>
      text(`snapshots/${String(number).padStart(4, '0')}.json`, content),
    ),
    json(
      'comments.json',
      comments.map(({ id, document, authorName, text: said, writtenAt, answers, settled }) => ({
        id,
        document,
        by: authorName,
        at: iso(writtenAt),
        text: said,
        answers,
        settled: settled === null ? null : { by: settled.by, at: iso(settled.at) },
      })),
    ),
    json('deletions.json', { intact: await store.deletions.intact(), deletions }),
    json(
      'proofs.json',
      probes.map(({ probe, ranAt, passed, result }) => ({
        probe,
        at: iso(ranAt),
        passed,
        result: JSON.parse(result),
      })),
    ),
  ]
}

/** One line per file: hash, two blanks, path. */
function sums(files: readonly ZipFile[]): string {
  const hash = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')
  return files.map(({ path, content }) => `${hash(content)}  ${path}\n`).join('')
}

function text(path: string, content: string): ZipFile {
  return { path, content: Buffer.from(content, 'utf8') }
}

function json(path: string, value: unknown): ZipFile {
  return text(path, `${JSON.stringify(value, null, 2)}\n`)
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
