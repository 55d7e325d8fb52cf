// Lays the bridge's old properties over its HOCON: ice4j reads both, and the old ones win.
import type { Assignment, Settings } from '../core/settings.ts'
import type { Origin } from '../core/source.ts'
import type { MapNode, Node } from '../core/value.ts'

/** Old key, its HOCON path, and how its text becomes a value. */
const KEYS: readonly (readonly [string, string, (node: Node) => Node])[] = [
  ['org.ice4j.ice.harvest.STUN_MAPPING_HARVESTER_ADDRESSES', 'ice4j.harvest.mapping.stun.addresses', asList],
  ['org.ice4j.ice.harvest.DISABLE_AWS_HARVESTER', 'ice4j.harvest.mapping.aws.enabled', asNegation],
]

/** The bridge's settings with the winning properties laid over them; those they beat stay as lost. */
export function layLegacy(hocon: Settings, legacy: Settings): Settings {
  let settings = hocon
  for (const [key, path, convert] of KEYS) {
    const node = legacy.root.entries.get(key)
    if (node !== undefined) settings = layOver(settings, path, convert(node))
  }
  if (settings === hocon) return hocon
  const completeness = hocon.completeness === 'absent' ? 'fragment' : hocon.completeness
  return { ...settings, completeness, files: [...new Set([...hocon.files, ...legacy.files])] }
}

/** The settings with one value of a stronger source. */
function layOver(settings: Settings, path: string, node: Node): Settings {
  const keys = path.split('.')
  const assignments = settings.assignments.map((one): Assignment =>
    one.lost === undefined && startsWith(one.keys, keys)
      ? { ...one, lost: { reason: 'stronger-source', to: node.origin } }
      : one,
  )
  const assignment: Assignment = { path, keys, node, origin: node.origin }
  return {
    ...settings,
    root: put(settings.root, keys, node, node.origin),
    assignments: [...assignments, assignment],
  }
}

function startsWith(keys: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((key, index) => keys[index] === key)
}

function put(map: MapNode, keys: readonly string[], node: Node, origin: Origin): MapNode {
  const [key, ...rest] = keys
  if (key === undefined) return map
  const below = map.entries.get(key)
  const inner: MapNode = below?.kind === 'map' ? below : { kind: 'map', entries: new Map(), origin }
  return {
    ...map,
    entries: new Map([...map.entries, [key, rest.length === 0 ? node : put(inner, rest, node, origin)]]),
  }
}

function asList(node: Node): Node {
  if (node.kind !== 'text') return node
  const items = node.value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return {
    kind: 'list',
    items: items.map((value) => ({ kind: 'text', value, origin: node.origin })),
    origin: node.origin,
  }
}

function asNegation(node: Node): Node {
  if (node.kind !== 'text') return node
  return { kind: 'flag', value: node.value.trim().toLowerCase() !== 'true', origin: node.origin }
}
