// Reads lists of STUN and TURN servers in all forms that browsers and guides know: texts, objects with `urls`, lists of both.
import type { Installation } from '../../core/installation.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { type HostKind, hostKind, hostOf } from './hosts.ts'
import { items, member, text } from './values.ts'

/** One server of a list. */
export interface IceServer {
  /** `stun`, `stuns`, `turn`, `turns`; `stun` where a bare name stands. */
  readonly scheme: string
  readonly host: string
  /** As written; without a password, which stands apart. */
  readonly url: string
  readonly kind: HostKind
  /** Whether a password stands beside it. */
  readonly credential: boolean
  readonly origin: Origin
}

/** Servers that are known, and the places of what is not. */
export interface IceServers {
  readonly servers: readonly IceServer[]
  readonly unknown: readonly Origin[]
}

/** Reads `stunServers`, `iceServers` or one of their elements. */
export function readIceServers(node: Node, installation: Installation): IceServers {
  const servers: IceServer[] = []
  const unknown: Origin[] = []
  if (node.kind === 'list' && node.rest !== undefined) unknown.push(node.rest.origin)
  for (const one of node.kind === 'list' ? node.items : [node]) {
    if (one.kind === 'unknown') {
      unknown.push(one.origin)
      continue
    }
    const urls = one.kind === 'map' ? (member(one, 'urls') ?? member(one, 'url')) : one
    if (urls === undefined) continue
    const credential = isCredential(member(one, 'credential')) || isCredential(member(one, 'password'))
    for (const url of items(urls)) {
      const written = text(url)
      const host = written === undefined ? undefined : hostOf(written)
      if (written === undefined || host === undefined) unknown.push(url.origin)
      else
        servers.push({
          scheme: /^(stuns?|turns?):/i.exec(written.trim())?.[1]?.toLowerCase() ?? 'stun',
          host,
          url: written.trim(),
          kind: hostKind(host, installation),
          credential,
          origin: url.origin,
        })
    }
  }
  return { servers, unknown }
}

function isCredential(node: Node | undefined): boolean {
  return node !== undefined && !(node.kind === 'text' && node.value === '') && node.kind !== 'null'
}

/** Names of hosts for a sentence: `a, b`. Host names are no secrets. */
export function hostNames(servers: readonly { readonly host: string }[]): string {
  return [...new Set(servers.map(({ host }) => host))].join(', ')
}
