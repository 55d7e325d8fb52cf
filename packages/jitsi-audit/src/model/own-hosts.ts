// Which hosts belong to the operator: those that were declared, and those that the configuration makes plain.
import type { Installation } from '../core/installation.ts'
import { lookup } from '../core/settings.ts'
import type { Node } from '../core/value.ts'

type Parts = Pick<Installation, 'prosody' | 'nginx' | 'web' | 'environment' | 'services'>

/** Hosts of one installation; more are no installation but an attack on the report. */
const HOSTS_MAX = 100

const URL_VARIABLES = ['PUBLIC_URL', 'ETHERPAD_PUBLIC_URL']
const HOST_VARIABLES = [
  'LETSENCRYPT_DOMAIN',
  'XMPP_DOMAIN',
  'XMPP_AUTH_DOMAIN',
  'XMPP_MUC_DOMAIN',
  'XMPP_GUEST_DOMAIN',
  'JVB_WS_DOMAIN',
  'VIRTUAL_HOST',
]

/** Declared hosts first, then those found with their registrable parents; lower case, each once. */
export function findOwnHosts(parts: Parts, declared: readonly string[]): readonly string[] {
  const found = new Set(declared.map((host) => host.trim().toLowerCase()).filter((host) => host !== ''))
  for (const host of candidates(parts)) {
    const clean = cleanHost(host)
    if (clean === undefined || isForeignService(clean)) continue
    found.add(clean)
    const parent = parentOf(clean)
    if (parent !== undefined) found.add(parent)
    if (found.size >= HOSTS_MAX) break
  }
  return [...found]
}

function* candidates(parts: Parts): Generator<string> {
  yield* fromEnvironment(parts.environment.root.entries)
  for (const { environment } of parts.services) yield* fromEnvironment(environment.root.entries)
  for (const { kind, args, directive } of parts.nginx.scopes) {
    if (kind !== 'server') continue
    yield* args
    for (const child of directive.children ?? []) if (child.name === 'server_name') yield* child.args
  }
  for (const { kind, name } of parts.prosody.hosts)
    if (kind !== 'global' && name.kind === 'text') yield name.value
  for (const path of ['hosts.domain', 'hosts.anonymousdomain', 'hosts.authdomain', 'hosts.muc']) {
    const found = lookup(parts.web, path)
    if (found.state === 'set' && found.node.kind === 'text') yield found.node.value
  }
}

function* fromEnvironment(entries: ReadonlyMap<string, Node>): Generator<string> {
  for (const name of URL_VARIABLES) {
    const node = entries.get(name)
    if (node?.kind === 'text') yield node.value.replace(/^[a-z]+:\/\//i, '').split('/')[0] ?? ''
  }
  for (const name of HOST_VARIABLES) {
    const node = entries.get(name)
    if (node?.kind === 'text') yield* node.value.split(',')
  }
}

/** A host name in lower case without port; undefined for addresses, wildcards without name and example names of templates. */
function cleanHost(host: string): string | undefined {
  const clean = host
    .trim()
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\*?\./, '')
    .replace(/\.$/, '')
  if (clean === '' || clean === '_' || clean.includes('{') || clean === 'localhost') return undefined
  if (/^[\d.]+$/.test(clean) || clean.includes(':') || clean.startsWith('~')) return undefined
  // Names of one machine or network are local to everybody: they say nothing about whose the others are.
  if (INTERNAL.test(clean)) return undefined
  return /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(clean) ? clean : undefined
}

const INTERNAL =
  /^[^.]+$|(?:^|\.)(?:meet\.jitsi|jvb|auth|muc|prosody|xmpp|local|localhost|localdomain|internal|intern|lan|svc|home\.arpa)$|\.svc\./

/** Hosts of services that everybody uses: whoever names one of them does not own it. */
const FOREIGN =
  /(?:^|\.)(?:jitsi\.net|jit\.si|8x8\.vc|google\.com|jitsi\.org|cloudflare\.com|amazonaws\.com)$/

function isForeignService(host: string): boolean {
  return FOREIGN.test(host)
}

/** Second-level labels under which countries and providers register names for many owners. */
const SHARED =
  /^(?:co|com|net|org|edu|gov|ac|or|ne|go|gv|priv|dyndns|dynv6|ddns|duckdns|no-ip|noip|github|gitlab|herokuapp|netlify|vercel|azurewebsites|cloudapp|nip|sslip|my-wan|selfhost|spdns|goip|myfritz|synology|ddnss|home|fritz|local|internal|lan)$/

/** `example.org` for `meet.example.org`; undefined where the parent belongs to many, as `co.uk` or `duckdns.org` do. */
export function parentOf(host: string): string | undefined {
  const labels = host.split('.')
  if (labels.length < 3) return undefined
  const parent = labels.slice(1)
  if (parent.length < 2) return undefined
  const [second, top] = parent.slice(-2)
  // The last two labels are the registrable name, unless the second one is shared; then one more is needed.
  const shared = SHARED.test(second ?? '') || (top?.length === 2 && (second ?? '').length <= 3)
  if (shared) return parent.length >= 3 ? parent.slice(-3).join('.') : undefined
  return parent.slice(-2).join('.')
}
