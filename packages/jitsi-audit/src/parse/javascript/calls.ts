// Evaluates member access, calls and what is handed to them.
import type { AnyNode, Expression, SpreadElement } from 'acorn'
import { type Frame, type Machine, Thrown, place } from './machine.ts'
import { readMember } from './members.ts'
import { keyOf } from './targets.ts'
import {
  type Slot,
  type Unknown,
  type Value,
  isObject,
  isUnknown,
  nullish,
  slotOf,
  unknown,
} from './values.ts'

type Of<Type extends AnyNode['type']> = Extract<AnyNode, { type: Type }>

/** The items that `...value` puts into a list. */
export function spreadItems(
  machine: Machine,
  node: SpreadElement,
  frame: Frame,
): { readonly items: readonly Slot[]; readonly rest: Unknown | undefined } {
  const value = machine.evaluate(node.argument, frame)
  if (isObject(value) && value.isArray) {
    machine.spend(value.items.length)
    return { items: value.items, rest: value.rest }
  }
  if (typeof value === 'string') {
    machine.spend(value.length)
    return { items: Array.from(value, (char) => slotOf(char, place(node))), rest: undefined }
  }
  if (!isUnknown(value)) throw new Thrown(place(node))
  return { items: [], rest: unknown(value.reason, place(node)) }
}

/** A member with the object it hangs on; undefined where `?.` stops. */
export function evaluateMember(
  machine: Machine,
  node: Of<'MemberExpression'>,
  frame: Frame,
): { readonly base: Value; readonly value: Value } | undefined {
  if (node.object.type === 'Super') return { base: undefined, value: unknown('runtime', place(node)) }
  const base = machine.evaluate(node.object, frame)
  if (base === undefined && inChain(node)) return undefined
  if (node.optional && nullish(base) === true) return undefined
  const key = keyOf(machine, node.property, node.computed, frame)
  if (key === undefined) {
    if (nullish(base) === true) throw new Thrown(place(node))
    return { base, value: unknown('runtime', place(node)) }
  }
  return { base, value: readMember(machine, base, key, place(node)) }
}

/** True when a `?.` further left may have ended the chain. */
function inChain(node: Of<'MemberExpression'>): boolean {
  let at: AnyNode = node.object
  while (at.type === 'MemberExpression' || at.type === 'CallExpression') {
    if (at.optional) return true
    at = at.type === 'MemberExpression' ? at.object : at.callee
  }
  return false
}

/** A call; an optional one of nothing gives undefined. */
export function evaluateCall(machine: Machine, node: Of<'CallExpression'>, frame: Frame): Value {
  if (node.callee.type === 'Super') return undefined
  let self: Value
  let callee: Value
  if (node.callee.type === 'MemberExpression') {
    const found = evaluateMember(machine, node.callee, frame)
    if (found === undefined) return undefined
    self = found.base
    callee = found.value
  } else callee = machine.evaluate(node.callee, frame)
  if (node.optional && nullish(callee) === true) return undefined
  return machine.evaluator.call(machine, callee, self, args(machine, node.arguments, frame), place(node))
}

function args(
  machine: Machine,
  nodes: readonly (Expression | SpreadElement)[],
  frame: Frame,
): readonly Slot[] {
  return nodes.flatMap((node): readonly Slot[] => {
    if (node.type !== 'SpreadElement') return [machine.slot(node, frame)]
    const { items, rest } = spreadItems(machine, node, frame)
    return rest === undefined ? items : [...items, slotOf(rest, place(node))]
  })
}

/** `new X()`: only plain objects and arrays are modelled. */
export function evaluateNew(machine: Machine, node: Of<'NewExpression'>, frame: Frame): Value {
  const given = args(machine, node.arguments, frame)
  const { callee } = node
  if (callee.type === 'Identifier' && (callee.name === 'Object' || callee.name === 'Array'))
    return machine.evaluator.call(machine, machine.evaluate(callee, frame), undefined, given, place(node))
  const value = machine.evaluate(callee, frame)
  if (nullish(value) === true) throw new Thrown(place(node))
  return unknown('runtime', place(node))
}
