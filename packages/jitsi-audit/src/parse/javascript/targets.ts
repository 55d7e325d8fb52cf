// Carries out assignments: to names, members and patterns, with the exceptions and silent failures of the language.
import type { Expression, MemberExpression, Pattern, Super } from 'acorn'
import { type Frame, type Machine, Thrown, place } from './machine.ts'
import { copyInto } from './natives-object.ts'
import { readMember } from './members.ts'
import { writeName } from './names.ts'
import { textOf } from './operators.ts'
import { WINDOW_NAMES } from './builtins.ts'
import { scopeOf } from './scope.ts'
import {
  JsObject,
  type Place,
  type Slot,
  type Unknown,
  type Value,
  isObject,
  isPrimitive,
  isUnknown,
  nullish,
  slotOf,
  unknown,
} from './values.ts'

/** How names are bound: an assignment looks the name up, a declaration knows its scope. */
export type Bind = (name: string, slot: Slot) => void

/** Binds a pattern to a value. */
export function bindPattern(machine: Machine, pattern: Pattern, slot: Slot, frame: Frame, bind: Bind): void {
  machine.nest(pattern, undefined, () => {
    switch (pattern.type) {
      case 'Identifier':
        bind(pattern.name, slot)
        return
      case 'MemberExpression':
        writeMember(machine, pattern, slot, frame)
        return
      case 'AssignmentPattern': {
        const missing = slot.value === undefined
        bindPattern(machine, pattern.left, missing ? machine.slot(pattern.right, frame) : slot, frame, bind)
        return
      }
      case 'RestElement':
        bindPattern(machine, pattern.argument, slot, frame, bind)
        return
      case 'ArrayPattern':
        bindItems(machine, pattern.elements, slot, frame, bind)
        return
      case 'ObjectPattern':
        bindProperties(machine, pattern, slot, frame, bind)
    }
  })
}

function bindItems(
  machine: Machine,
  elements: readonly (Pattern | null)[],
  slot: Slot,
  frame: Frame,
  bind: Bind,
): void {
  if (nullish(slot.value) === true) throw new Thrown(slot.at)
  const items =
    isObject(slot.value) && slot.value.isArray && slot.value.rest === undefined ? slot.value.items : undefined
  for (const [index, element] of elements.entries()) {
    if (element === null) continue
    const gap = isUnknown(slot.value) ? slot.value.reason : 'runtime'
    if (element.type === 'RestElement') {
      const rest = new JsObject(true, items === undefined ? unknown(gap, slot.at) : undefined)
      machine.heap.putItems(rest, items?.slice(index) ?? [])
      bindPattern(machine, element, { ...slot, value: rest }, frame, bind)
    } else {
      const item = items === undefined ? { ...slot, value: unknown(gap, slot.at) } : items[index]
      bindPattern(machine, element, item ?? { ...slot, value: undefined }, frame, bind)
    }
  }
}

function bindProperties(
  machine: Machine,
  pattern: Extract<Pattern, { type: 'ObjectPattern' }>,
  slot: Slot,
  frame: Frame,
  bind: Bind,
): void {
  if (nullish(slot.value) === true) throw new Thrown(slot.at)
  const taken = new Set<string>()
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      const rest = new JsObject()
      copyInto(machine, rest, slot, slot.at)
      for (const key of taken) machine.heap.put(rest, key, undefined)
      bindPattern(machine, property, { ...slot, value: rest }, frame, bind)
      continue
    }
    const key = keyOf(machine, property.key, property.computed, frame)
    if (key === undefined) {
      bindPattern(machine, property.value, { ...slot, value: unknown('runtime', slot.at) }, frame, bind)
      continue
    }
    taken.add(key)
    const own = isObject(slot.value) ? slot.value.get(key) : undefined
    const value = own ?? { ...slot, value: readMember(machine, slot.value, key, place(property)) }
    bindPattern(machine, property.value, value, frame, bind)
  }
}

/** The text of a property's name; undefined when it is computed from something unknown. */
export function keyOf(
  machine: Machine,
  key: Expression | MemberExpression['property'],
  computed: boolean,
  frame: Frame,
): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name
  if (key.type === 'PrivateIdentifier') return undefined
  const value = key.type === 'Literal' && !computed ? (key.value ?? null) : machine.evaluate(key, frame)
  return typeof value === 'object' && value instanceof RegExp ? undefined : textOf(valueOf(value))
}

function valueOf(value: Value | bigint | RegExp): Value {
  return typeof value === 'bigint' ? String(value) : value instanceof RegExp ? undefined : value
}

/** `a.b = value`. */
export function writeMember(machine: Machine, target: MemberExpression, slot: Slot, frame: Frame): void {
  if (target.object.type === 'Super') return
  const base = machine.evaluate(target.object, frame)
  const key = keyOf(machine, target.property, target.computed, frame)
  writeProperty(machine, target, base, key, slot, frame)
}

/** The same for a target whose parts were evaluated already. */
export function writeProperty(
  machine: Machine,
  target: MemberExpression,
  base: Value,
  key: string | undefined,
  slot: Slot,
  frame: Frame,
): void {
  if (nullish(base) === true) {
    refuse(machine, target, slot)
    return
  }
  const object = isUnknown(base) ? opened(machine, target.object, base, frame) : base
  if (object === undefined || (!isPrimitive(object) && object.type !== 'object')) return
  if (!isObject(object)) {
    const path = staticPath(machine, target, frame)
    if (path !== undefined) machine.ineffective(path, slot, 'parent-replaced', place(target.object))
  } else if (key === undefined) {
    machine.heap.putRest(object, unknown('runtime', slot.at))
  } else if (object.isArray && key === 'length') {
    resize(machine, object, slot)
  } else {
    machine.write(object, key, slot)
  }
}

/** Assigning `length` cuts an array or fills it up; anything but a count is an exception. */
function resize(machine: Machine, array: JsObject, slot: Slot): void {
  const { value } = slot
  const text = isPrimitive(value) ? value : textOf(value)
  if (text === undefined && value !== undefined) {
    machine.heap.putRest(array, unknown('runtime', slot.at))
    return
  }
  const length = Number(text)
  if (!Number.isInteger(length) || length < 0 || length >= 2 ** 32) throw new Thrown(slot.decl)
  const missing = Math.min(Math.max(0, length - array.items.length), FILL_MAX)
  const filled = Array.from({ length: missing }, () => slotOf(undefined, slot.at))
  machine.writeItems(array, [...array.items.slice(0, length), ...filled], slot.decl)
}

/** Empty items that an assignment to `length` adds at most. */
const FILL_MAX = 1000

/** A property of nothing: an exception, and the setting is not made. */
function refuse(machine: Machine, target: MemberExpression, slot: Slot): void {
  const path = staticPath(machine, target, undefined)
  if (path !== undefined) machine.ineffective(path, slot, 'after-throw', place(target))
  if (!machine.isGhost) throw new Thrown(place(target))
}

/** The path that a chain of names spells, when it starts at the configuration object. */
function staticPath(
  machine: Machine,
  node: Expression | Super,
  frame: Frame | undefined,
): string[] | undefined {
  const keys: string[] = []
  let at: Expression | Super = node
  while (at.type === 'MemberExpression') {
    const { property, computed } = at
    if (!computed && property.type === 'Identifier') keys.unshift(property.name)
    else if (property.type === 'Literal' && property.value !== null) keys.unshift(String(property.value))
    else return undefined
    at = at.object
  }
  if (at.type !== 'Identifier') return undefined
  const { root } = machine.options
  if (at.name === root && (frame === undefined || !isShadowed(machine, frame, root))) return keys
  return WINDOW_NAMES.has(at.name) && keys[0] === root ? keys.slice(1) : undefined
}

function isShadowed(machine: Machine, frame: Frame, name: string): boolean {
  const scope = scopeOf(frame.scope, name)
  return scope !== undefined && scope !== machine.globalScope && scope !== machine.lexicalScope
}

/** Something unknown that is written to must be an object: puts one in its place that may hold more than is known. */
function opened(
  machine: Machine,
  node: Expression | Super,
  value: Unknown,
  frame: Frame,
): JsObject | undefined {
  const object = objectAmong(machine, value, node)
  const slot = slotOf(object, place(node))
  if (node.type === 'Identifier') {
    const scope = scopeOf(frame.scope, node.name)
    if (scope !== undefined)
      machine.heap.put(scope.variables, node.name, { ...scope.variables.get(node.name), ...slot })
  } else if (node.type === 'MemberExpression' && node.object.type !== 'Super') {
    const parent = machine.nest<Value>(node, undefined, () => machine.evaluate(node.object, frame))
    const key = keyOf(machine, node.property, node.computed, frame)
    const holder = isUnknown(parent) ? opened(machine, node.object, parent, frame) : parent
    if (isObject(holder) && holder !== machine.globals && key !== undefined) {
      const before = holder.get(key)
      machine.heap.put(holder, key, before === undefined ? slot : { ...before, value: object })
    }
  }
  return object
}

/** The only object that it can be, or one of which nothing is known. */
function objectAmong(machine: Machine, value: Unknown, at: Place): JsObject {
  const objects = (value.candidates ?? []).map((slot) => slot.value).filter(isObject)
  const [only] = objects
  if (only === undefined || objects.length > 1) return new JsObject(false, { ...value, at: place(at) })
  machine.mayThrow(at)
  return only
}

/** Binds names as an assignment does. */
export function assigning(machine: Machine, frame: Frame): Bind {
  return (name, slot) => writeName(machine, frame, name, slot)
}
