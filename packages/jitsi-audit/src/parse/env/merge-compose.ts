// Lays compose files and extended services over each other (compose-spec, 13-merge).
import type { Node } from '../../core/value.ts'
import type { YamlFile } from '../common/yaml.ts'

type Tags = YamlFile['tags']

/** Replaced as a whole. */
const REPLACED = new Set(['command', 'entrypoint', 'test'])

/** Lists of `KEY=value` or maps: merged by key. */
const KEYED = new Set([
  'environment',
  'labels',
  'annotations',
  'sysctls',
  'extra_hosts',
  'args',
  'build_args',
])

/** Lists that name a place inside the container: merged by that place. */
const BY_TARGET = new Set(['volumes', 'devices', 'secrets', 'configs'])

/** `over` laid over `base`; `key` is the name under which both stand. */
export function mergeCompose(base: Node, over: Node, tags: Tags, key = ''): Node {
  const tag = tags.get(over)
  if (tag === 'override' || REPLACED.has(key) || over.kind === 'unknown') return over
  if (KEYED.has(key)) return mergeMaps(asMap(base), asMap(over), tags)
  if (base.kind === 'map' && over.kind === 'map') return mergeMaps(base, over, tags)
  if (base.kind === 'list' && over.kind === 'list') {
    const taken = BY_TARGET.has(key) ? new Set(over.items.map((one) => targetOf(one))) : new Set<string>()
    const texts = new Set(over.items.map((one) => (one.kind === 'text' ? one.value : undefined)))
    const kept = base.items.filter((one) => {
      const target = BY_TARGET.has(key) ? targetOf(one) : undefined
      return (target === undefined || !taken.has(target)) && !(one.kind === 'text' && texts.has(one.value))
    })
    return { kind: 'list', items: [...kept, ...over.items], origin: over.origin }
  }
  return over.kind === 'null' ? base : over
}

function mergeMaps(base: Node, over: Node, tags: Tags): Node {
  if (base.kind !== 'map' || over.kind !== 'map') return over.kind === 'null' ? base : over
  const entries = new Map(base.entries)
  for (const [key, node] of over.entries) {
    const before = entries.get(key)
    if (tags.get(node) === 'reset') entries.delete(key)
    else entries.set(key, before === undefined ? node : mergeCompose(before, node, tags, key))
  }
  const rest = over.rest ?? base.rest
  return { kind: 'map', entries, origin: over.origin, ...(rest === undefined ? {} : { rest }) }
}

/** `- KEY=value` and `- KEY` as a map; KEY alone is null, as it is in the map form. */
export function asMap(node: Node): Node {
  if (node.kind !== 'list') return node
  const entries = new Map<string, Node>()
  for (const item of node.items) {
    if (item.kind === 'unknown') {
      const key = /^([\w.-]+)=/.exec(item.parts?.[0] ?? '')
      if (key?.[1] !== undefined) {
        const rest = (item.parts?.[0] ?? '').slice(key[0].length)
        const parts = [...(rest === '' ? [] : [rest]), ...(item.parts?.slice(1) ?? [])]
        entries.set(key[1], { ...item, parts })
      }
    } else if (item.kind === 'text') {
      const end = item.value.indexOf('=')
      if (end === -1) entries.set(item.value, { kind: 'null', origin: item.origin })
      else entries.set(item.value.slice(0, end), { ...item, value: item.value.slice(end + 1) })
    }
  }
  return { kind: 'map', entries, origin: node.origin }
}

function targetOf(node: Node): string | undefined {
  if (node.kind === 'map') {
    const target = node.entries.get('target') ?? node.entries.get('source')
    return target?.kind === 'text' ? target.value : undefined
  }
  return node.kind === 'text' ? (node.value.split(':')[1] ?? node.value) : undefined
}
