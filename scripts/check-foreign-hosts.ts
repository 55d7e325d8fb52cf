// No address of a foreign host in anything that is served: not in the sources, not in what the bundler made of the libraries.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Problem,
  ROOT,
  type SourceFile,
  isTestCode,
  lineOf,
  listFiles,
  report,
} from './support/project.ts'

/** An address literal; the host may be a template expression, which only the running page can judge (tests/journey.test.ts does). */
const ADDRESS = /\b(?:(?:https?|wss?):\/\/|(?:stuns?|turns?):)(\$\{|[^\s"'`<>()\\,;{}/?#]+)/gi

const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::\d+)?$/

/** An address that may appear, and why it is never asked for. */
export interface Exception {
  /** Start of the literal. */
  prefix: string
  reason: string
}

const EXCEPTIONS: readonly Exception[] = [
  {
    prefix: 'http://www.w3.org/',
    reason: 'XML namespaces (SVG, MathML, XLink, XHTML) are names, not addresses to fetch',
  },
  {
    prefix: 'http://www.ietf.org/id/draft-',
    reason: 'RTP header extensions are named by such URIs in session descriptions (RFC 8285, 5)',
  },
  {
    prefix: 'http://www.webrtc.org/experiments/rtp-hdrext/',
    reason: 'RTP header extensions are named by such URIs in session descriptions (RFC 8285, 5)',
  },
  {
    prefix: 'https://aomediacodec.github.io/',
    reason:
      'livekit-client names the AV1 dependency descriptor header extension by this URI in session descriptions',
  },
]

/**
 * The worker that examines Jitsi configurations has to know the foreign hosts it warns of. It is served with a policy that forbids
 * it every connection (apps/server/src/http/pages.ts); tests/audit-page.test.ts looks at both, the policy and the requests.
 */
const NAMES_HOSTS = /^apps\/web\/dist\/assets\/audit-worker-[\w-]+\.js$/

/** Hosts that can never be registered (RFC 2606, RFC 6761): used for examples that people read. */
const RESERVED = /(?:^|\.)(?:example|invalid|test|localhost)$|(?:^|\.)example\.(?:org|net|com)$/i

/** All address literals of foreign hosts without an exception. */
export function checkForeignHosts(
  files: readonly SourceFile[],
  exceptions: readonly Exception[] = EXCEPTIONS,
): Problem[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(ADDRESS)]
      .filter((match) => isForeign(match[1] ?? '', text.slice(match.index), exceptions))
      .map((match) => `${path}:${lineOf(text, match.index)}: ${match[0]} belongs to a foreign host`),
  )
}

function isForeign(authority: string, rest: string, exceptions: readonly Exception[]): boolean {
  if (authority === '${' || authority === '' || LOCAL.test(authority)) return false
  const host = authority.replace(/^.*@/, '').replace(/:\d+$/, '')
  // Words like "stun: the" and media types are no addresses; a host has a dot or is local.
  if (!host.includes('.') || RESERVED.test(host)) return false
  return !exceptions.some(({ prefix }) => rest.startsWith(prefix))
}

/** Exceptions that no file needs any more. */
export function findUnneededExceptions(files: readonly SourceFile[]): Problem[] {
  return EXCEPTIONS.filter(({ prefix }) => !files.some(({ text }) => text.includes(prefix))).map(
    ({ prefix }) => `${prefix}: this exception is no longer needed (scripts/check-foreign-hosts.ts)`,
  )
}

if (import.meta.main) {
  const served = [
    ...listBuilt('apps/web/dist'),
    ...[
      'apps/web/src',
      'apps/web/public',
      'apps/web/index.html',
      'apps/server/src',
      'packages/sfu/src',
    ].flatMap((folder) => (folder.endsWith('.html') ? [folder] : listFiles(folder))),
  ].filter((path) => !isTestCode(path) && !NAMES_HOSTS.test(path))
  const files = served.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'latin1') }))
  const problems = checkForeignHosts(files)
  if (!files.some(({ path }) => path.startsWith('apps/web/dist/')))
    problems.push('apps/web/dist is missing: build the web client first')
  else problems.push(...findUnneededExceptions(files))
  report('foreign hosts', `${files.length} served files`, problems)
}

function listBuilt(folder: string): string[] {
  return listFiles('.', join(ROOT, folder)).map((path) => `${folder}/${path}`)
}
