// Which modules prosody loads on a host (core/modulemanager: get_modules_for_host).
import type { Origin } from '../../core/source.ts'
import type { ListNode, Node } from '../../core/value.ts'
import { uncertain } from './lua-operators.ts'

/** Loaded everywhere unless modules_disabled names them. */
const AUTOLOADED = ['presence', 'message', 'iq', 'offline', 'c2s', 's2s', 's2s_auth_certs']

/** The only global modules that a component gets. */
const INHERITED_BY_COMPONENTS = new Set([
  'tls',
  'saslauth',
  'dialback',
  'iq',
  's2s',
  's2s_bidi',
  'smacks',
  'server_contact_info',
])

export interface ModuleOptions {
  readonly enabled: Node | undefined
  readonly disabled: Node | undefined
}

/**
 * The modules in effect: global ones (for a component only a few) and the host's own, without the disabled ones.
 * An entry that nobody can tell stays in the list as an unknown node; with an unknown list the result is unknown.
 */
export function modulesInEffect(
  kind: 'global' | 'VirtualHost' | 'Component',
  global: ModuleOptions,
  own: ModuleOptions,
  silent: Origin,
): Node {
  const autoloaded = AUTOLOADED.map((value): Node => ({
    kind: 'text',
    value,
    origin: { ...silent, kind: 'stock-default' },
  }))
  const globals = without([...autoloaded, ...itemsOf(global.enabled)], global.disabled)
  const inherited = kind === 'Component' ? globals.filter((one) => isInherited(one)) : globals
  const all = kind === 'global' ? inherited : without([...inherited, ...itemsOf(own.enabled)], own.disabled)
  const origin = (kind === 'global' ? undefined : own.enabled?.origin) ?? global.enabled?.origin ?? silent
  const list: ListNode = { kind: 'list', items: distinct(all), origin }
  return list
}

function isInherited(node: Node): boolean {
  return node.kind === 'unknown' || (node.kind === 'text' && INHERITED_BY_COMPONENTS.has(node.value))
}

/** A list as its entries, a single text as one; an unknown value as one unknown entry. */
function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined || node.kind === 'null') return []
  if (node.kind === 'list') return node.items
  return node.kind === 'map' ? [...node.entries.values()] : [node]
}

/** Less the disabled ones; what may be disabled is uncertain. */
function without(modules: readonly Node[], disabled: Node | undefined): readonly Node[] {
  const entries = itemsOf(disabled)
  if (entries.length === 0) return modules
  const names = new Set(entries.map((one) => (one.kind === 'text' ? one.value : undefined)))
  const open = entries.filter((one) => one.kind === 'unknown')
  const perhaps = new Set(open.map((one) => one.parts?.join('')))
  const anything = open.some((one) => one.parts === undefined || one.parts.includes(undefined))
  return modules
    .filter((one) => one.kind !== 'text' || !names.has(one.value))
    .map((one) => (one.kind === 'text' && (anything || perhaps.has(one.value)) ? uncertain(one) : one))
}

/** The first place of each name is the one that loads it; a written one comes before what is loaded by itself. */
function distinct(nodes: readonly Node[]): readonly Node[] {
  const byName = new Map<string, Node>()
  const rest: Node[] = []
  for (const node of nodes) {
    if (node.kind !== 'text') rest.push(node)
    else if ((byName.get(node.value)?.origin.kind ?? 'stock-default') === 'stock-default')
      byName.set(node.value, node)
  }
  return [...byName.values(), ...rest]
}
