// Evaluates assignments, with operators or without, and what they are worth.
import type { AnyNode } from 'acorn'
import { type Frame, type Machine, place } from './machine.ts'
import { readMember } from './members.ts'
import { readName } from './names.ts'
import { binary, unary } from './operators.ts'
import { assigning, bindPattern, keyOf, writeProperty } from './targets.ts'
import { type Slot, type Value, nullish, slotOf, truthy, unknown } from './values.ts'

type Of<Type extends AnyNode['type']> = Extract<AnyNode, { type: Type }>

/** Whether the left operand is the result; undefined when that cannot be told. */
export function keepsLeft(operator: string, value: Value): boolean | undefined {
  if (operator.startsWith('??')) {
    const missing = nullish(value)
    return missing === undefined ? undefined : !missing
  }
  const known = truthy(value)
  return known === undefined ? undefined : operator.startsWith('||') === known
}

/** `a = b`, `a.b += c`, `a ||= b` and their kind. */
export function evaluateAssignment(machine: Machine, node: Of<'AssignmentExpression'>, frame: Frame): Value {
  const { left, right, operator } = node
  if (left.type !== 'MemberExpression' || left.object.type === 'Super') {
    const slot =
      operator === '=' || left.type !== 'Identifier'
        ? machine.slot(right, frame, node)
        : compound(machine, node, readName(machine, frame, left.name, left), frame)
    if (slot !== undefined) bindPattern(machine, left, slot, frame, assigning(machine, frame))
    return slot === undefined && left.type === 'Identifier'
      ? readName(machine, frame, left.name, left)
      : slot?.value
  }
  const base = machine.evaluate(left.object, frame)
  const key = keyOf(machine, left.property, left.computed, frame)
  if (operator === '=') {
    const slot = machine.slot(right, frame, node)
    writeProperty(machine, left, base, key, slot, frame)
    return slot.value
  }
  const before =
    key === undefined ? unknown('runtime', place(left)) : readMember(machine, base, key, place(left))
  const slot = compound(machine, node, before, frame)
  if (slot !== undefined) writeProperty(machine, left, base, key, slot, frame)
  return slot === undefined ? before : slot.value
}

/** What `+=`, `||=` and their kind assign; undefined when they leave the value alone. */
function compound(
  machine: Machine,
  node: Of<'AssignmentExpression'>,
  before: Value,
  frame: Frame,
): Slot | undefined {
  const { operator, right } = node
  if (operator !== '||=' && operator !== '&&=' && operator !== '??=') {
    const value = binary(operator.slice(0, -1), before, machine.evaluate(right, frame), place(node))
    return slotOf(value, place(right), place(node))
  }
  const stays = keepsLeft(operator, before)
  if (stays === true) return undefined
  if (stays === false) return machine.slot(right, frame, node)
  const value = machine.choose(place(node), [
    () => slotOf(before, place(node.left)),
    () => machine.slot(right, frame),
  ])
  return slotOf(value, place(right), place(node))
}

/** `a++` and `--a`. */
export function evaluateUpdate(machine: Machine, node: Of<'UpdateExpression'>, frame: Frame): Value {
  const before = unary('+', machine.evaluate(node.argument, frame), place(node))
  const after = binary(node.operator === '++' ? '+' : '-', before, 1, place(node))
  const slot = slotOf(after, place(node))
  if (node.argument.type === 'Identifier' || node.argument.type === 'MemberExpression')
    bindPattern(machine, node.argument, slot, frame, assigning(machine, frame))
  return node.prefix ? after : before
}
