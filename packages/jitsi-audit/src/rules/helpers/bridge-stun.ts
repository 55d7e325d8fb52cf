// Which STUN servers the bridge asks for its own public address: old property before HOCON, then what the image sets.
import type { Installation } from '../../core/installation.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Edit } from '../../core/rule.ts'
import { appendToEnvironment } from './appending.ts'
import { removeLines, replaceValue } from './edits.ts'
import { type HostKind, hostKind, hostOf } from './hosts.ts'
import { environmentFlag, environmentText, items, text } from './values.ts'

export const STUN_PATH = 'ice4j.harvest.mapping.stun.addresses'
export const STUN_PROPERTY = 'org.ice4j.ice.harvest.STUN_MAPPING_HARVESTER_ADDRESSES'

/** One server that the bridge asks, or would ask if nothing stronger won. */
interface BridgeStunServer {
  readonly host: string
  readonly kind: HostKind
  readonly origin: Origin
  /** The place that wins over this one. */
  readonly beaten?: Origin
}

interface BridgeStun {
  readonly state: 'set' | 'unset' | 'unknown'
  readonly origin?: Origin
  readonly servers: readonly BridgeStunServer[]
  /** Places whose value is not known. */
  readonly unknown: readonly Origin[]
  /** How the list can be emptied by a machine; empty where the bridge would lose its only way to learn its address. */
  readonly edits: readonly Edit[]
}

/** All STUN servers of the bridge; those that lose carry `beaten`. */
export function bridgeStun(installation: Installation): BridgeStun {
  const legacy = lookup(installation.jvbLegacy, [STUN_PROPERTY])
  const hocon = lookup(installation.jvb, STUN_PATH)
  const servers: BridgeStunServer[] = []
  const unknown: Origin[] = []
  const read = (node: Parameters<typeof items>[0], beaten?: Origin): void => {
    for (const item of items(node)) {
      const written = text(item)
      if (written === undefined) unknown.push(item.origin)
      for (const part of (written ?? '').split(',')) {
        const host = part.trim() === '' ? undefined : hostOf(part)
        if (host === undefined) continue
        const known = { host, kind: hostKind(host, installation), origin: item.origin }
        servers.push(beaten === undefined ? known : { ...known, beaten })
      }
    }
  }
  const winner = legacy.state === 'set' ? legacy.origin : hocon.state === 'set' ? hocon.origin : undefined
  if (legacy.state === 'set') read(legacy.node)
  // The model may have laid the property over the HOCON already: then both name one place.
  if (hocon.state === 'set' && !samePlace(hocon.origin, legacy.state === 'set' ? legacy.origin : undefined))
    read(hocon.node, legacy.state === 'set' ? legacy.origin : undefined)
  for (const lost of hocon.lost) if (lost.lost !== undefined) read(lost.node, lost.lost.to)
  for (const one of [legacy, hocon])
    if (one.state === 'unknown' && one.origin !== undefined) unknown.push(one.origin)
  if (winner !== undefined)
    return { state: 'set', origin: winner, servers, unknown, edits: emptied(installation, winner) }
  if (hocon.state === 'unset' && legacy.state !== 'unknown')
    return { state: 'unset', servers, unknown, edits: [] }
  if (hocon.state === 'unset' && installation.jvbLegacy.completeness === 'absent')
    return { state: 'unset', servers, unknown, edits: [] }
  return unknown.length === 0
    ? fromEnvironment(installation)
    : { state: 'unknown', servers, unknown, edits: [] }
}

/** What docker-jitsi-meet's template makes of the variables, for sets in which only `.env` is known. */
function fromEnvironment(installation: Installation): BridgeStun {
  const none: BridgeStun = { state: 'unknown', servers: [], unknown: [], edits: [] }
  if (installation.kind !== 'docker') return none
  if (environmentFlag(installation, 'JVB_DISABLE_STUN', false).value === true) {
    const { origin } = environmentText(installation, 'JVB_DISABLE_STUN')
    return { ...none, state: 'set', ...(origin === undefined ? {} : { origin }) }
  }
  const named = environmentText(installation, 'JVB_STUN_SERVERS')
  if (named.state !== 'set' || named.value === undefined || named.origin === undefined) return none
  const { origin } = named
  const hosts = named.value.split(',').flatMap((part) => hostOf(part) ?? [])
  return {
    state: 'set',
    origin,
    servers: hosts.map((host) => ({ host, kind: hostKind(host, installation), origin })),
    unknown: [],
    edits: emptied(installation, origin),
  }
}

/** Whether the bridge is told its public address, so that it needs to ask nobody. */
export function knowsItsAddress(installation: Installation): boolean {
  const mappings = lookup(installation.jvb, 'ice4j.harvest.mapping.static-mappings')
  if (mappings.state === 'set' && mappings.node.kind === 'list' && mappings.node.items.length > 0) return true
  if (lookup(installation.jvbLegacy, ['org.ice4j.ice.harvest.NAT_HARVESTER_PUBLIC_ADDRESS']).state === 'set')
    return true
  return ['JVB_ADVERTISE_IPS', 'DOCKER_HOST_ADDRESS'].some(
    (name) => environmentText(installation, name).state === 'set',
  )
}

function emptied(installation: Installation, origin: Origin): readonly Edit[] {
  if (!knowsItsAddress(installation)) return []
  if (origin.kind === 'environment' || installation.environment.files.includes(origin.file))
    return appendToEnvironment(installation, 'JVB_DISABLE_STUN', '1')
  if (origin.kind !== 'file') return []
  return origin.file.endsWith('.properties') ? removeLines(origin) : replaceValue(origin, '[]')
}

function samePlace(one: Origin, other: Origin | undefined): boolean {
  return one.file === other?.file && one.line === other.line
}
