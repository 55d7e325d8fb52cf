// What peer-to-peer connections of browsers use: the list of config.js, prosody's own services, the hidden default.
import type { Installation } from '../../core/installation.ts'
import { type Assignment, type LossReason, lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { type IceServer, type IceServers, readIceServers } from './ice-servers.ts'
import { hostsWith, modulesOf } from './prosody.ts'
import { member, truthy } from './values.ts'

/** On, off, or not known; lib-jitsi-meet connects directly only when `p2p.enabled` is truthy. */
export function p2pEnabled(installation: Installation): {
  readonly value: boolean | undefined
  readonly origin?: Origin
} {
  const found = lookup(installation.web, 'p2p.enabled')
  if (found.state === 'unset') return { value: false }
  if (found.state === 'unknown')
    return found.origin === undefined ? { value: undefined } : { value: undefined, origin: found.origin }
  return { value: truthy(found.node), origin: found.origin }
}

/** The list in config.js: servers where it is one, `unset` where the library's default takes its place. */
type P2pList =
  | ({ readonly state: 'set'; readonly origin: Origin } & IceServers)
  | { readonly state: 'unset'; readonly origin?: Origin }
  | { readonly state: 'unknown'; readonly origin?: Origin }

/** `p2p.stunServers || DEFAULT`: an empty list is a list, an empty text or null is not. */
export function p2pList(installation: Installation): P2pList {
  const found = lookup(installation.web, 'p2p.stunServers')
  if (found.state === 'unset') return { state: 'unset' }
  if (found.state === 'unknown')
    return found.origin === undefined ? { state: 'unknown' } : { state: 'unknown', origin: found.origin }
  if (truthy(found.node) === false) return { state: 'unset', origin: found.origin }
  if (found.node.kind !== 'list') return { state: 'set', origin: found.origin, servers: [], unknown: [] }
  return { state: 'set', origin: found.origin, ...readIceServers(found.node, installation) }
}

/** Servers that something writes into the list without effect, with the place that wins. */
interface LostServer {
  readonly server: IceServer
  readonly reason: LossReason
  readonly to: Origin
}

/** Lost assignments to the list itself, to `p2p`, or to the whole of `config`. */
export function lostP2pServers(installation: Installation): readonly LostServer[] {
  const seen = new Set<string>()
  return installation.web.assignments.flatMap((assignment) => {
    const list = lostList(assignment)
    if (assignment.lost === undefined || list === undefined) return []
    const { reason, to } = assignment.lost
    return readIceServers(list, installation)
      .servers.filter(({ origin: { file, line, column } }) => {
        // The list, its parent and the whole object may each be listed as lost: one place is one finding.
        const key = `${file}:${line}:${column}`
        if (seen.has(key)) return false
        seen.add(key)
        return true
      })
      .map((server) => ({ server, reason, to }))
  })
}

function lostList({ path, node }: Assignment): Assignment['node'] | undefined {
  if (path === 'p2p.stunServers') return node
  if (path === 'p2p') return member(node, 'stunServers')
  return path === '' ? member(member(node, 'p2p'), 'stunServers') : undefined
}

/** Modules that answer a browser's question for STUN and TURN servers (XEP-0215). */
const ANSWERING = [
  'external_services',
  'turncredentials',
  'turn_external',
  'turncredentials_http',
  'extdisco',
]

/** What prosody advertises. `loaded` is undefined when the list of modules is not known. */
interface AdvertisedServices extends IceServers {
  readonly state: 'some' | 'none' | 'unknown'
  readonly loaded: boolean | undefined
  readonly origin?: Origin
}

/** The servers of prosody in effect at the users' hosts, whichever module advertises them. */
export function advertisedServices(installation: Installation): AdvertisedServices {
  const { prosody } = installation
  if (prosody.completeness === 'absent')
    return { state: 'unknown', loaded: undefined, servers: [], unknown: [] }
  const hosts = [
    ...hostsWith(installation, 'main'),
    ...hostsWith(installation, 'guest'),
    ...hostsWith(installation, 'global'),
  ]
  const servers: IceServer[] = []
  const unknown: Origin[] = []
  let origin: Origin | undefined
  for (const host of hosts)
    for (const key of [
      'external_services',
      'turncredentials',
      'turn_external_host',
      'external_service_host',
    ]) {
      const found = lookup(host.settings, [key])
      if (found.state === 'unknown' && found.origin !== undefined) unknown.push(found.origin)
      if (found.state !== 'set' || found.origin === origin) continue
      origin ??= found.origin
      const list = readServices(found.node, installation)
      servers.push(...list.servers)
      unknown.push(...list.unknown)
    }
  const modules = hosts.map((host) => modulesOf(host))
  const loaded = modules.some(({ names }) => ANSWERING.some((name) => names.has(name)))
    ? true
    : modules.length > 0 && modules.every(({ certain }) => certain)
      ? false
      : undefined
  const certain = prosody.completeness === 'complete' && unknown.length === 0
  const state = servers.length > 0 ? 'some' : certain ? 'none' : 'unknown'
  return { state, loaded, servers: distinct(servers), unknown, ...(origin === undefined ? {} : { origin }) }
}

/** A list of services, one service, or a bare host name. */
function readServices(node: Parameters<typeof readIceServers>[0], installation: Installation): IceServers {
  if (node.kind !== 'list') return readIceServers(hostNode(node), installation)
  const lists = node.items.map((item) => readIceServers(hostNode(item), installation))
  return {
    servers: lists.flatMap(({ servers }) => servers),
    unknown: lists.flatMap(({ unknown }) => unknown),
  }
}

/** `{ type = "turn", host = "..." }` names its host in a member of its own. */
function hostNode(node: Parameters<typeof readIceServers>[0]): Parameters<typeof readIceServers>[0] {
  return member(node, 'host') ?? node
}

function distinct(servers: readonly IceServer[]): readonly IceServer[] {
  const seen = new Set<string>()
  return servers.filter(({ origin: { file, line, column } }) => {
    const key = `${file}:${line}:${column}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
