// Collects the values of all settings with secret names, so that they can be hidden wherever they appear.
import type { Installation } from '../core/installation.ts'
import type { Settings } from '../core/settings.ts'
import type { Node } from '../core/value.ts'
import { isSecretName } from './mask.ts'

/** Nodes looked at per tree: a bound, far above real trees. */
const NODES_MAX = 200_000

/** A list of servers, in which only the keys inside hold secrets. */
const HOLDS_HOSTS: ReadonlySet<string> = new Set(['turncredentials'])

/** Values of secrets in all components of an installation. */
export function secretValues(installation: Installation): string[] {
  const found: string[] = []
  const all: readonly Settings[] = [
    installation.web,
    installation.interfaceConfig,
    installation.environment,
    installation.jicofo,
    installation.jvb,
    installation.jvbLegacy,
    installation.jibri,
    installation.jigasi,
    installation.turn,
    ...installation.prosody.hosts.map((host) => host.settings),
    ...installation.services.map((service) => service.environment),
  ]
  for (const settings of all) {
    for (const assignment of settings.assignments)
      if (assignment.keys.some((key) => isSecretName(key) && !HOLDS_HOSTS.has(key)))
        collect(assignment.node, true, found)
    collect(settings.root, false, found)
  }
  return found
}

function collect(root: Node, secret: boolean, found: string[]): void {
  const queue: { node: Node; secret: boolean }[] = [{ node: root, secret }]
  for (let at = 0; at < queue.length && at < NODES_MAX; at++) {
    const item = queue[at]
    if (item === undefined) break
    const { node } = item
    if (node.kind === 'text' && item.secret) found.push(node.value)
    else if (node.kind === 'list')
      for (const child of node.items) queue.push({ node: child, secret: item.secret })
    else if (node.kind === 'map')
      for (const [key, child] of node.entries)
        queue.push({ node: child, secret: item.secret || (isSecretName(key) && !HOLDS_HOSTS.has(key)) })
  }
}
