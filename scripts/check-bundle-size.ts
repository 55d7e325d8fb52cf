// The JavaScript a person downloads stays within a budget: little before joining, and a limit for the whole meeting.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Problem, ROOT, listFiles, report } from './support/project.ts'

/** Budgets in kB (1000 bytes) of gzip. Opening a link on a phone with 3G (about 1.6 Mbit/s) then takes below a second. */
const JOIN_PAGE_KB = 120
const EVERYTHING_KB = 300
/** The Jitsi audit loads with its own page only: parsers of a dozen formats, 130 rules in two languages. */
const AUDIT_KB = 320
const AUDIT = /^audit-/

/** File name to content. */
export type Bundle = ReadonlyMap<string, string>

/** Compressed size in bytes of the files with the given names. */
export function gzipBytes(bundle: Bundle, names: Iterable<string>): number {
  let sum = 0
  for (const name of names) sum += gzipSync(bundle.get(name) ?? '').length
  return sum
}

/** Scripts a page loads before anything else can happen: its own and all they import statically. */
export function eagerScripts(page: string, bundle: Bundle): Set<string> {
  const eager = new Set<string>()
  const queue = [...page.matchAll(/<(?:script|link)\b[^>]*(?:src|href)="([^"]+\.js)"/g)].map(
    ([, path = '']) => baseName(path),
  )
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (eager.has(name)) continue
    eager.add(name)
    for (const [, path = ''] of (bundle.get(name) ?? '').matchAll(
      /\b(?:import|from)\s*["']([^"']+\.js)["']/g,
    ))
      queue.push(baseName(path))
  }
  return eager
}

/** Budgets that are exceeded, and scripts of the page that are missing. */
export function checkBundleSize(page: string, bundle: Bundle): Problem[] {
  const eager = eagerScripts(page, bundle)
  const missing = [...eager].filter((name) => !bundle.has(name))
  if (eager.size === 0) return ['apps/web/dist/index.html loads no script: build the web client first']
  return [
    ...missing.map((name) => `${name}: loaded by the page, but not in the build`),
    ...over('the join page', gzipBytes(bundle, eager), JOIN_PAGE_KB),
    ...over('the whole client', gzipBytes(bundle, meetingScripts(bundle)), EVERYTHING_KB),
    ...over('the Jitsi audit', gzipBytes(bundle, auditScripts(bundle)), AUDIT_KB),
    ...[...eager].filter((name) => AUDIT.test(name)).map((name) => `${name}: loaded with every page`),
  ]
}

function meetingScripts(bundle: Bundle): string[] {
  return [...bundle.keys()].filter((name) => !AUDIT.test(name))
}

function auditScripts(bundle: Bundle): string[] {
  return [...bundle.keys()].filter((name) => AUDIT.test(name))
}

function over(what: string, bytes: number, budget: number): Problem[] {
  if (bytes <= budget * 1000) return []
  return [`${what} takes ${(bytes / 1000).toFixed(1)} kB of JavaScript (gzip), at most ${budget}`]
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

if (import.meta.main) {
  const folder = join(ROOT, 'apps/web/dist')
  const scripts = listFiles('.', folder).filter((path) => path.endsWith('.js'))
  const bundle = new Map(scripts.map((path) => [baseName(path), readFileSync(join(folder, path), 'utf8')]))
  const page = readPage(join(folder, 'index.html'))
  const join_ = gzipBytes(bundle, eagerScripts(page, bundle))
  const all = gzipBytes(bundle, meetingScripts(bundle))
  const audit = gzipBytes(bundle, auditScripts(bundle))
  const [first, whole, apart] = [join_, all, audit].map((bytes) => `${(bytes / 1000).toFixed(1)} kB`)
  const sizes = `${first} for the join page, ${whole} in all, ${apart} for the Jitsi audit`
  report('bundle size', sizes, checkBundleSize(page, bundle))
}

function readPage(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
