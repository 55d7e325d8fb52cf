// Reads the chosen files and examines them in a thread of its own, which is served with a policy that forbids it every connection.
import {
  FILES_MAX,
  FILE_MAX_LENGTH,
  type Report,
  type SkippedFile,
  type SourceFile,
  TOTAL_MAX_LENGTH,
  audit,
  comparable,
  compareReports,
  isArchive,
  patchOf,
  readArchive,
  readEarlier,
  toHtml,
  toJson,
  toMarkdown,
  toSarif,
} from '@runde/jitsi-audit'
import type { AuditDetails, ExportKind, FromWorker, NamedFile, ToWorker } from './protocol.ts'

/** Larger archives are not opened; a configuration packs into some kilobytes. */
const ARCHIVE_MAX_BYTES = 64_000_000

/** As many bytes decide whether a file is text. */
const SNIFFED_BYTES = 8192

/** Files read at the same time; each waits for the browser's own file process. */
const AT_ONCE = 32

/** Pause between two words about the progress (ms). */
const PROGRESS_MS = 100

/** Version of the format in SARIF; the report itself carries its own. */
const SARIF_TOOL_VERSION = '0.1.0'

let last: { report: Report; files: readonly SourceFile[] } | undefined

function say(message: FromWorker): void {
  postMessage(message)
}

interface Collected {
  readonly files: Map<string, SourceFile>
  readonly skipped: SkippedFile[]
  total: number
}

async function readAll(named: readonly NamedFile[], skipped: readonly SkippedFile[]): Promise<Collected> {
  const set: Collected = { files: new Map(), skipped: [...skipped], total: 0 }
  let next = 0
  for (let at = 0; at < named.length; at += AT_ONCE) {
    const some = named.slice(at, at + AT_ONCE)
    const read = await Promise.all(some.map(readBytes))
    for (const [index, bytes] of read.entries()) await take(some[index]?.path ?? '', bytes, set)
    if (performance.now() < next) continue
    next = performance.now() + PROGRESS_MS
    say({ kind: 'reading', done: at + some.length })
  }
  return set
}

/** The content, or why there is none. */
async function readBytes({ path, file }: NamedFile): Promise<Uint8Array | SkippedFile['why']> {
  if (file.size > (isArchive(path) ? ARCHIVE_MAX_BYTES : FILE_MAX_LENGTH)) return 'too-large'
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return 'unreadable'
  }
}

async function take(path: string, bytes: Uint8Array | SkippedFile['why'], set: Collected): Promise<void> {
  if (typeof bytes === 'string') set.skipped.push({ path, why: bytes })
  else if (isArchive(path, bytes)) {
    const unpacked = await readArchive(path, bytes)
    for (const one of unpacked.files) keep(one, set)
    set.skipped.push(...unpacked.skipped)
  } else if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) set.skipped.push({ path, why: 'binary' })
  else keep({ path, text: new TextDecoder().decode(bytes) }, set)
}

function keep(file: SourceFile, set: Collected): void {
  if (file.text.length > FILE_MAX_LENGTH) set.skipped.push({ path: file.path, why: 'too-large' })
  else if (set.files.size >= FILES_MAX || set.total + file.text.length > TOTAL_MAX_LENGTH)
    set.skipped.push({ path: file.path, why: 'too-many' })
  else {
    set.total += file.text.length
    set.files.set(file.path, file)
  }
}

async function examine(
  named: readonly NamedFile[],
  skipped: readonly SkippedFile[],
  { ownHosts, assumeRelease }: AuditDetails,
): Promise<void> {
  const began = performance.now()
  const before = performance.getEntriesByType('resource').length
  const set = await readAll(named, skipped)
  const files = [...set.files.values()]
  if (files.length === 0) {
    say({ kind: 'nothing' })
    return
  }
  say({ kind: 'examining', files: files.length })
  const report = audit(files, {
    ownHosts,
    skipped: set.skipped,
    ...(assumeRelease === undefined ? {} : { assumeRelease }),
  })
  last = { report, files }
  const { mends, leftOut } = patchOf(report, files)
  const requests = performance.getEntriesByType('resource').length - before
  const result = { report, patch: { mends, leftOut }, milliseconds: performance.now() - began, requests }
  say({ kind: 'examined', result })
}

function write(format: ExportKind, language: 'de' | 'en'): string {
  if (last === undefined) return ''
  const { report, files } = last
  switch (format) {
    case 'json':
      return toJson(report, language)
    case 'sarif':
      return toSarif(report, language, SARIF_TOOL_VERSION)
    case 'markdown':
      return toMarkdown(report, language)
    case 'html':
      return toHtml(report, language)
    case 'patch':
      return patchOf(report, files).text
  }
}

async function handle(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'examine':
      await examine(message.files, message.skipped, message.details)
      return
    case 'export':
      say({ kind: 'exported', format: message.format, text: write(message.format, message.language) })
      return
    case 'compare': {
      const earlier = readEarlier(message.earlier)
      const now = last === undefined ? [] : comparable(last.report)
      say({ kind: 'compared', comparison: earlier === undefined ? undefined : compareReports(earlier, now) })
    }
  }
}

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  handle(event.data).catch(() => say({ kind: 'failed' }))
})
say({ kind: 'ready' })
