// The sections of a prosody configuration while it is executed: the global one, and one for each host or component.
import type { Assignment, LossReason } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { MASK } from '../common/placeholder.ts'

/** Hosts of one configuration; each gets a copy of the global settings. */
export const HOSTS_MAX = 200

/** Assignments noted of one section; of more only the effect is kept. */
const ASSIGNMENTS_MAX = 5_000

/** Key of the global section, as prosody calls it. */
export const GLOBAL = '*'

export interface Scope {
  readonly kind: 'global' | 'VirtualHost' | 'Component'
  readonly name: Node
  readonly origin: Origin
  module?: Node
  /** Values in effect that are set here. */
  readonly own: Map<string, Node>
  readonly assignments: Assignment[]
  /** Index of the assignment in effect, by option. */
  readonly inEffect: Map<string, number>
}

export function newScope(kind: Scope['kind'], name: Node, origin: Origin): Scope {
  return { kind, name, origin, own: new Map(), assignments: [], inEffect: new Map() }
}

/** Sets an option; the last assignment in a scope wins, nil takes the option back (prosody's configmanager). */
export function assign(scope: Scope, option: string, node: Node, origin: Origin): void {
  if (scope.assignments.length < ASSIGNMENTS_MAX) {
    const before = scope.inEffect.get(option)
    if (before !== undefined) lose(scope, before, 'reassigned', origin)
    scope.inEffect.set(option, scope.assignments.length)
    scope.assignments.push({ path: option, keys: [option], node, origin })
  }
  if (node.kind === 'null') scope.own.delete(option)
  else scope.own.set(option, node)
}

/** Notes an assignment that is never executed. */
export function assignDead(scope: Scope, option: string, node: Node, origin: Origin, to: Origin): void {
  scope.assignments.push({ path: option, keys: [option], node, origin, lost: { reason: 'dead-branch', to } })
}

function lose(scope: Scope, index: number, reason: LossReason, to: Origin): void {
  const lost = scope.assignments[index]
  if (lost !== undefined) scope.assignments[index] = { ...lost, lost: { reason, to } }
}

/** What identifies a host: names compare in lower case, an unknown name by how it is written. */
export function hostKey(name: Node, written: string): string {
  if (name.kind === 'text') return name.value.toLowerCase()
  const parts = name.kind === 'unknown' ? name.parts : undefined
  if (parts !== undefined && !parts.includes(undefined)) return parts.join('').toLowerCase()
  // One rendered placeholder looks like another: such a name is told apart by its place.
  const place = written.includes(MASK) ? `${name.origin.file}:${name.origin.line}` : ''
  return `?${written.replaceAll(/[\s"']/g, '')}${place}`
}
