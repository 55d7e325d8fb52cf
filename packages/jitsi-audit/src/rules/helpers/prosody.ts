// Finds the hosts of prosody by what they are for: users, guests, services, conference rooms, lobby.
import type { Installation, ProsodyHost } from '../../core/installation.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { items, text } from './values.ts'

/** What a host of prosody is for. */
type HostRole =
  | 'global'
  | 'main'
  | 'guest'
  | 'service'
  | 'other'
  | 'conference'
  | 'lobby'
  | 'internal'
  | 'component'

/** A name for comparing; unknown parts are `*`. */
export function nameOf(node: Node): string {
  if (node.kind === 'unknown')
    return (
      node.parts
        ?.map((part) => part ?? '*')
        .join('')
        .toLowerCase() ?? '*'
    )
  return (text(node) ?? '*').toLowerCase()
}

/** Names of service hosts in the packages, the images and older guides. */
const SERVICE = /^(?:auth|recorder|hidden|transcriber|jigasi|jvb|focus)[.*]|\.auth\./
const GUEST = /^(?:guest|guests|anonymous|anon|gast)[.*]/
const LOBBY = /^(?:lobby|breakout|visitors)[.*]/
const INTERNAL = /^(?:internal(?:-muc)?|.*\binternal\b)|^muc\.jvb\.|\.auth\./

/** What one host is for. A VirtualHost is `main` unless its name or settings say otherwise. */
export function roleOf(host: ProsodyHost, installation: Installation): HostRole {
  if (host.kind === 'global') return 'global'
  const name = nameOf(host.name)
  if (host.kind === 'Component') {
    const module = host.module === undefined ? '' : (text(host.module) ?? '')
    if (module !== 'muc') return module === 'internal_muc' ? 'internal' : 'component'
    if (LOBBY.test(name)) return 'lobby'
    return INTERNAL.test(name) ? 'internal' : 'conference'
  }
  const web = lookup(installation.web, 'hosts.domain')
  const domain = web.state === 'set' ? text(web.node)?.toLowerCase() : undefined
  if (name === domain) return 'main'
  const anonymous = lookup(installation.web, 'hosts.anonymousdomain')
  if (anonymous.state === 'set' && text(anonymous.node)?.toLowerCase() === name) return 'guest'
  if (GUEST.test(name)) return 'guest'
  if (SERVICE.test(name)) return 'service'
  if (name === 'localhost' || name === 'example.com') return 'other'
  // Beside the host that config.js names, another is one for chat, unless it has rooms of the conference too.
  const named = domain !== undefined && installation.prosody.hosts.some((one) => nameOf(one.name) === domain)
  return named && settingOf(host, 'main_muc') === undefined ? 'other' : 'main'
}

/** All hosts with one role. */
export function hostsWith(installation: Installation, role: HostRole): readonly ProsodyHost[] {
  return installation.prosody.hosts.filter((host) => roleOf(host, installation) === role)
}

/** Modules in effect at a host, by name, with their places; `certain` is false when some of the list is not known. */
export function modulesOf(host: ProsodyHost): {
  readonly names: ReadonlyMap<string, Origin>
  readonly certain: boolean
} {
  const names = new Map<string, Origin>()
  let certain = true
  const disabled = new Set<string>()
  const off = lookup(host.settings, 'modules_disabled')
  if (off.state === 'set') for (const one of items(off.node)) disabled.add(text(one) ?? '')
  const found = lookup(host.settings, 'modules_enabled')
  if (found.state === 'unknown') certain = false
  if (
    found.state === 'set' &&
    (found.node.kind === 'list' || found.node.kind === 'map') &&
    found.node.rest !== undefined
  )
    certain = false
  if (found.state === 'set')
    for (const one of items(found.node)) {
      const name = text(one)
      if (name === undefined) certain = false
      else if (!disabled.has(name)) names.set(name, one.origin)
    }
  return { names, certain }
}

/** A text setting of a host; `undefined` when unset or not known. */
export function settingOf(
  host: ProsodyHost,
  key: string,
): { readonly value: string; readonly origin: Origin } | undefined {
  const found = lookup(host.settings, [key])
  if (found.state !== 'set') return undefined
  const value = found.node.kind === 'flag' ? String(found.node.value) : text(found.node)
  return value === undefined ? undefined : { value, origin: found.origin }
}

/** Whether rooms are guarded by tokens: `token` itself and the modules that build on it. */
export function isTokenAuthentication(name: string): boolean {
  return name === 'token' || name.includes('token') || name === 'jitsi-shared-secret'
}

/** Whether a way of signing in lets anybody in. */
export function isAnonymous(name: string): boolean {
  return name === 'anonymous' || name === 'jitsi-anonymous'
}
