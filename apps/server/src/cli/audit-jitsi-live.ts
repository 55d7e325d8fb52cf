// Looks at one running Jitsi server from outside, like a visitor's browser: its config.js, its headers, its TLS versions. Nobody else is asked.
import { type IncomingMessage, get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { createInterface } from 'node:readline/promises'
import { connect } from 'node:tls'
import type { Bilingual } from '@runde/contract'
import type { SourceFile } from '@runde/jitsi-audit'
import type { Language } from '../language.ts'
import type { StartFailure } from '../start-failures.ts'
import { usage } from './audit-jitsi-arguments.ts'

/** Rules that a visitor can decide: what config.js says, and what headers and TLS show. */
export const OUTSIDE_RULES: readonly string[] = [
  'A01 A02 A03 A04 A05 A12 A13 B01 B02 B03 B04 B05 B07 B08 B09 B10',
  'B11 B12 B14 B15 B16 B17 B18 B19 B20 B22 B23 B24 B25 B26 B27 B28',
  'B30 B31 B32 D11 D12 E01 E02 E03 E06 E11 E14 E16 E17 E19 E20 E22',
  'F11',
].flatMap((line) => line.split(' '))

/** A server that takes longer for a small file is not there (ms). */
const TIMEOUT_MS = 10_000

/** All requests together; a server that trickles must not hold the command for minutes (ms). */
const ALL_TIMEOUT_MS = 30_000

/** Jitsi's largest config.js has 80 kB. */
const BODY_MAX_BYTES = 2_000_000

/** From the bare address to the page it takes one redirect, with a language two. */
const REDIRECTS_MAX = 3

/** Asks at the terminal. @throws StartFailure when the answer is no, or when nobody can be asked */
export async function confirm(origin: URL, language: Language): Promise<void> {
  const refused = usage({
    de: 'Die Prüfung von außen braucht Ihre Zustimmung: Fragen Sie nur Server ab, die Sie betreiben oder prüfen dürfen, und geben Sie --yes an.',
    en: 'The check from outside needs your consent: ask only servers that you operate or may examine, and pass --yes.',
  })
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw refused
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const question =
      language === 'de'
        ? `Anfragen an ${origin.host} senden (config.js, Kopfzeilen, TLS)? Nur, wenn Sie den Server betreiben oder prüfen dürfen. [j/N] `
        : `Send requests to ${origin.host} (config.js, headers, TLS)? Only if you operate the server or may examine it. [y/N] `
    const answer = await terminal.question(question)
    if (!/^\s*(?:j|ja|y|yes)\s*$/i.test(answer)) throw refused
  } finally {
    terminal.close()
  }
}

/**
 * Fetches what a visitor gets, as files that the auditor reads.
 * @param origin https, host and perhaps a port
 * @throws StartFailure that says why, if the server does not answer or has no config.js
 */
export async function lookFromOutside(origin: URL): Promise<SourceFile[]> {
  const all = AbortSignal.timeout(ALL_TIMEOUT_MS)
  const page = await fetchOwn(new URL('/', origin), all)
  if ('failure' in page) throw noAnswer(origin, page.failure)
  const config = await fetchOwn(new URL('/config.js', origin), all)
  if ('failure' in config) throw noAnswer(origin, config.failure)
  if (config.status !== 200 || !/\bconfig\b/.test(config.body)) throw noAnswer(origin, whyNoConfig(config))
  const interfaceConfig = await fetchOwn(new URL('/interface_config.js', origin), all)
  const old = await acceptsOldTls(origin)
  const plainly = origin.port === '' ? await fetchOwn(new URL(`http://${origin.hostname}/`), all) : undefined
  const folder = origin.hostname.replace(/[^\w.-]/g, '_')
  return [
    { path: `${folder}/etc/jitsi/meet/${folder}-config.js`, text: config.body },
    ...('body' in interfaceConfig && interfaceConfig.status === 200
      ? [{ path: `${folder}/usr/share/jitsi-meet/interface_config.js`, text: interfaceConfig.body }]
      : []),
    {
      path: `${folder}/etc/nginx/nginx.conf`,
      text: asNginx(origin.hostname, page, {
        old,
        plainly: plainly !== undefined && 'body' in plainly ? plainly : undefined,
      }),
    },
  ]
}

interface Seen {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Why there is nothing to look at. */
type Failure = 'certificate' | 'silent' | 'large' | 'elsewhere' | 'no-config'

interface Unseen {
  readonly failure: Failure
}

const WHY: Readonly<Record<Failure, Bilingual>> = {
  certificate: {
    de: 'Sein Zertifikat gilt nicht: Es ist abgelaufen, für einen anderen Namen oder von niemandem ausgestellt, dem dieser Rechner traut. Es wurde nichts gelesen.',
    en: 'Its certificate is not valid: expired, for another name, or issued by nobody whom this machine trusts. Nothing was read.',
  },
  silent: { de: 'Er antwortet nicht.', en: 'It does not answer.' },
  large: { de: 'Seine Antwort ist zu groß.', en: 'Its answer is too large.' },
  elsewhere: {
    de: 'Er leitet auf einen anderen Rechner um. Dem folgt die Prüfung nicht; nennen Sie jenen, wenn es Ihrer ist.',
    en: 'It redirects to another host. The check does not follow; name that one if it is yours.',
  },
  'no-config': { de: 'Er hat keine config.js.', en: 'It has no config.js.' },
}

function noAnswer({ host }: URL, failure: Failure): StartFailure {
  return usage({
    de: `Unter ${host} war kein Jitsi-Server zu prüfen. ${WHY[failure].de}`,
    en: `There was no Jitsi server to check at ${host}. ${WHY[failure].en}`,
  })
}

function whyNoConfig({ status }: Seen): Failure {
  return status >= 300 && status <= 399 ? 'elsewhere' : 'no-config'
}

/** Follows redirects on the same host only. */
async function fetchOwn(url: URL, all: AbortSignal): Promise<Seen | Unseen> {
  let at = url
  for (let hop = 0; hop <= REDIRECTS_MAX; hop++) {
    const seen = await fetchOnce(at, all)
    if ('failure' in seen) return seen
    const target = seen.headers.location
    if (target === undefined || seen.status < 300 || seen.status > 399) return seen
    const next = URL.canParse(target, at) ? new URL(target, at) : undefined
    if (next === undefined || next.protocol !== at.protocol || next.host !== at.host) return seen
    at = next
  }
  return { failure: 'silent' }
}

function fetchOnce(url: URL, all: AbortSignal): Promise<Seen | Unseen> {
  return new Promise((resolve) => {
    const get = url.protocol === 'https:' ? getHttps : getHttp
    const headers = { accept: '*/*', 'user-agent': 'runde audit-jitsi' }
    const signal = AbortSignal.any([all, AbortSignal.timeout(TIMEOUT_MS)])
    const request = get(url, { headers, signal }, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > BODY_MAX_BYTES) answer.destroy()
        else chunks.push(chunk)
      })
      answer.on('close', () => {
        const body = Buffer.concat(chunks).toString('utf8')
        const seen = { status: answer.statusCode ?? 0, headers: answer.headers, body }
        resolve(size > BODY_MAX_BYTES ? { failure: 'large' } : seen)
      })
      answer.on('error', () => resolve({ failure: 'silent' }))
    })
    request.on('error', (error) => resolve({ failure: isAboutCertificate(error) ? 'certificate' : 'silent' }))
  })
}

/** Codes of Node for certificates that do not hold (those of OpenSSL's verification, and of the name check). */
function isAboutCertificate(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return /CERT|SIGNATURE|ISSUER|CRL/.test(code)
}

/** Whether a client that knows nothing newer than TLS 1.1 gets a connection. */
function acceptsOldTls(origin: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({
      // An address of version 6 stands in brackets in a URL only.
      host: origin.hostname.replace(/^\[|\]$/g, ''),
      port: origin.port === '' ? 443 : Number(origin.port),
      ...(/^[\d.]+$|^\[/.test(origin.hostname) ? {} : { servername: origin.hostname }),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      // OpenSSL offers the old versions only below its usual security level.
      ciphers: 'DEFAULT@SECLEVEL=0',
      // Nothing is sent; only the version matters here.
      rejectUnauthorized: false,
    })
    const end = (accepted: boolean): void => {
      socket.destroy()
      resolve(accepted)
    }
    socket.setTimeout(TIMEOUT_MS, () => end(false))
    socket.once('secureConnect', () => end(true))
    socket.once('error', () => end(false))
  })
}

/** What was seen, written down as the nginx configuration that would look the same. */
function asNginx(
  host: string,
  page: Seen,
  { old, plainly }: { old: boolean; plainly: Seen | undefined },
): string {
  const kept = ['strict-transport-security', 'content-security-policy', 'access-control-allow-origin']
  const lines = kept.flatMap((name) => {
    const value = page.headers[name]
    return typeof value === 'string'
      ? [`    add_header ${name} "${value.replace(/["\\$\n]/g, '')}" always;`]
      : []
  })
  const redirects = plainly === undefined || (plainly.status >= 300 && plainly.status < 400)
  return [
    '# Made from the answers of the server as seen from outside; this file does not exist there.',
    'http {',
    'server {',
    '    listen 443 ssl;',
    `    server_name ${host};`,
    `    ssl_protocols ${old ? 'TLSv1 TLSv1.1 ' : ''}TLSv1.2 TLSv1.3;`,
    ...lines,
    '    root /usr/share/jitsi-meet;',
    '}',
    ...(plainly === undefined ? [] : portEighty(host, redirects)),
    '}',
    '',
  ].join('\n')
}

function portEighty(host: string, redirects: boolean): string[] {
  return [
    'server {',
    '    listen 80;',
    `    server_name ${host};`,
    redirects ? '    return 301 https://$host$request_uri;' : '    root /usr/share/jitsi-meet;',
    '}',
  ]
}
