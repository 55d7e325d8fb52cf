// Decides what a name stands for: a variable, something of the platform, something of the page, or nothing at all.
import { BUILTINS, WINDOW_NAMES, isBrowserName } from './builtins.ts'
import { GAP } from './compose.ts'
import { type Frame, type Machine, Thrown, place } from './machine.ts'
import { scopeOf } from './scope.ts'
import { type Place, type Slot, type Value, unknown } from './values.ts'

/** The value of a name; throws what the browser throws when nothing declares it. */
export function readName(machine: Machine, frame: Frame, name: string, at: Place): Value {
  const scope = scopeOf(frame.scope, name)
  if (scope?.pending.has(name) === true) throw new Thrown(place(at))
  if (scope !== undefined) return scope.variables.slots.get(name)?.value
  const outside = readOutside(machine, name, at)
  if (outside.known) return outside.value
  throw new Thrown(place(at))
}

/** A name that no variable has; `known: false` when the browser would not know it either. */
function readOutside(
  machine: Machine,
  name: string,
  at: Place,
): { readonly known: true; readonly value: Value } | { readonly known: false } {
  if (BUILTINS.has(name)) return { known: true, value: BUILTINS.get(name) }
  if (WINDOW_NAMES.has(name)) return { known: true, value: machine.globals }
  if (name.includes(GAP)) return { known: true, value: unknown('placeholder', place(at), [undefined]) }
  if (/^__+\w+__$/.test(name)) return { known: true, value: unknown('placeholder', place(at)) }
  if (isBrowserName(name) || isOfPage(machine, name))
    return { known: true, value: unknown('runtime', place(at)) }
  if (!machine.options.complete) return { known: true, value: unknown('include', place(at)) }
  return { known: false }
}

/** config.js runs before interface_config.js, so only the latter finds the other one's object. */
function isOfPage(machine: Machine, name: string): boolean {
  return machine.options.root === 'interfaceConfig' && name === 'config'
}

/** `typeof name`, which asks for undeclared names without an exception; undefined for declared ones. */
export function typeOfName(
  machine: Machine,
  frame: Frame,
  name: string,
  at: Place,
): { readonly value: Value } | undefined {
  if (scopeOf(frame.scope, name) !== undefined) return undefined
  if (NODE_NAMES.has(name)) return { value: undefined }
  const outside = readOutside(machine, name, at)
  return { value: outside.known ? outside.value : undefined }
}

/** What Node has and browsers have not; configurations that run in both ask for it. */
const NODE_NAMES: ReadonlySet<string> = new Set(['exports', 'global', 'module', 'process', 'require'])

/** Assigns to a name; an undeclared one becomes a property of the window. */
export function writeName(machine: Machine, frame: Frame, name: string, slot: Slot): void {
  const scope = scopeOf(frame.scope, name)
  if (scope?.pending.has(name) === true || scope?.constants.has(name) === true) {
    if (machine.isGhost) return
    throw new Thrown(slot.decl)
  }
  machine.write((scope ?? machine.globalScope).variables, name, slot)
}
