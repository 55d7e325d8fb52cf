// Reads values as the programs do that consume them: truth, numbers, texts, lists, and truth of environment variables in both dialects.
import { type Lookup, type Settings, lookup } from '../../core/settings.ts'
import type { Installation } from '../../core/installation.ts'
import type { Node } from '../../core/value.ts'
import type { Origin } from '../../core/source.ts'

/** Truth of a JavaScript value; undefined when it is not known. */
export function truthy(node: Node): boolean | undefined {
  switch (node.kind) {
    case 'unknown':
      return undefined
    case 'null':
      return false
    case 'flag':
      return node.value
    case 'number':
      return node.value !== 0 && !Number.isNaN(node.value)
    case 'text':
      return node.value !== ''
    case 'list':
    case 'map':
      return true
  }
}

/** A boolean as HOCON, Lua and properties give it: flags, and the words true/yes/on and false/no/off. */
export function flag(node: Node): boolean | undefined {
  if (node.kind === 'flag') return node.value
  if (node.kind !== 'text') return undefined
  const word = node.value.trim().toLowerCase()
  if (word === 'true' || word === 'yes' || word === 'on') return true
  if (word === 'false' || word === 'no' || word === 'off') return false
  return undefined
}

/** What is known of a yes/no setting: its value where set, `default` where certainly not set. */
export function flagAt(
  settings: Settings,
  path: string | readonly string[],
  byDefault: boolean,
): { readonly value: boolean | undefined; readonly origin?: Origin } {
  const found = lookup(settings, path)
  if (found.state === 'unset') return { value: byDefault }
  if (found.state === 'unknown')
    return found.origin === undefined ? { value: undefined } : { value: undefined, origin: found.origin }
  return { value: flag(found.node), origin: found.origin }
}

/** Text of a text or number node; undefined for anything else. */
export function text(node: Node | undefined): string | undefined {
  if (node?.kind === 'text') return node.value
  if (node?.kind === 'number') return String(node.value)
  return undefined
}

/** Number of a number node or of a text that is one. */
export function numeric(node: Node | undefined): number | undefined {
  if (node?.kind === 'number') return node.value
  if (node?.kind !== 'text' || !/^\s*-?\d{1,15}(?:\.\d{1,9})?\s*$/.test(node.value)) return undefined
  return Number(node.value)
}

/** Items of a list, of a map with positions as keys (Lua's mixed tables), or the value itself as the only item. */
export function items(node: Node): readonly Node[] {
  if (node.kind === 'list') return node.items
  if (node.kind === 'map')
    return [...node.entries].filter(([key]) => /^\d+$/.test(key)).map(([, value]) => value)
  return node.kind === 'null' ? [] : [node]
}

/** Member of a map by name. */
export function member(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.get(key) : undefined
}

/**
 * Truth in the templates of docker-jitsi-meet (`toBool` of jitsi/tpl): quotes are taken off, Go's spellings of false are false,
 * an empty value counts as not set, any other text is true.
 */
function templateTruth(value: string, byDefault: boolean): boolean {
  const bare = value.replace(/["']/g, '')
  if (value === '') return byDefault
  return !['0', 'f', 'F', 'FALSE', 'false', 'False', ''].includes(bare)
}

/** An environment variable. An empty value is `unset`, because the images' templates put the default in its place. */
export function environmentText(
  installation: Installation,
  name: string,
): { readonly state: Lookup['state']; readonly value?: string; readonly origin?: Origin } {
  const found = lookup(installation.environment, [name])
  if (found.state === 'unset') return { state: 'unset' }
  if (found.state === 'unknown')
    return found.origin === undefined ? { state: 'unknown' } : { state: 'unknown', origin: found.origin }
  const value = found.node.kind === 'flag' ? String(found.node.value) : text(found.node)
  if (found.node.kind === 'null' || value === '') return { state: 'unset', origin: found.origin }
  if (value === undefined) return { state: 'unknown', origin: found.origin }
  return { state: 'set', value, origin: found.origin }
}

/** A yes/no environment variable as the images' templates read it. */
export function environmentFlag(
  installation: Installation,
  name: string,
  byDefault: boolean,
): { readonly value: boolean | undefined; readonly origin?: Origin } {
  const found = environmentText(installation, name)
  const place = found.origin === undefined ? {} : { origin: found.origin }
  if (found.state === 'unknown') return { value: undefined, ...place }
  return { value: templateTruth(found.value ?? '', byDefault), ...place }
}
