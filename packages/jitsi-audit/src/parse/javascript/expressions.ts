// Evaluates expressions; what depends on the visit, or is not modelled, is unknown.
import type { AnyNode, Expression } from 'acorn'
import { evaluateAssignment, evaluateUpdate, keepsLeft } from './assignments.ts'
import { evaluateCall, evaluateMember, evaluateNew, spreadItems } from './calls.ts'
import { GAP } from './compose.ts'
import { type Frame, type Machine, Thrown, place } from './machine.ts'
import { readName, typeOfName } from './names.ts'
import { arrayOf } from './natives-array.ts'
import { copyInto } from './natives-object.ts'
import { patternValue } from './natives-string.ts'
import { add, binary, unary } from './operators.ts'
import { keyOf } from './targets.ts'
import {
  JsObject,
  type JsFunction,
  type Slot,
  type Unknown,
  type Value,
  isObject,
  isUnknown,
  nullish,
  slotOf,
  truthy,
  unknown,
} from './values.ts'

type Of<Type extends AnyNode['type']> = Extract<AnyNode, { type: Type }>

/** The value of any expression. */
export function evaluateExpression(machine: Machine, node: Expression | AnyNode, frame: Frame): Value {
  switch (node.type) {
    case 'Literal':
      return literal(node)
    case 'TemplateLiteral':
      return template(machine, node, frame)
    case 'Identifier':
      return readName(machine, frame, node.name, node)
    case 'ThisExpression':
      return frame.self
    case 'ArrayExpression':
      return list(machine, node, frame)
    case 'ObjectExpression':
      return object(machine, node, frame)
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return { type: 'function', node, scope: frame.scope, self: frame.self } satisfies JsFunction
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return machine.evaluate(node.expression, frame)
    case 'SequenceExpression':
      return node.expressions.map((one) => machine.evaluate(one, frame)).at(-1)
    default:
      return evaluateOperation(machine, node, frame)
  }
}

function evaluateOperation(machine: Machine, node: Expression | AnyNode, frame: Frame): Value {
  switch (node.type) {
    case 'UnaryExpression':
      return unaryExpression(machine, node, frame)
    case 'BinaryExpression':
      return binaryExpression(machine, node, frame)
    case 'LogicalExpression':
      return logical(machine, node, frame)
    case 'ConditionalExpression':
      return conditional(machine, node, frame)
    case 'AssignmentExpression':
      return evaluateAssignment(machine, node, frame)
    case 'UpdateExpression':
      return evaluateUpdate(machine, node, frame)
    case 'MemberExpression':
      return evaluateMember(machine, node, frame)?.value
    case 'CallExpression':
      return evaluateCall(machine, node, frame)
    case 'NewExpression':
      return evaluateNew(machine, node, frame)
    default:
      return unknown('runtime', place(node))
  }
}

function literal(node: Of<'Literal'>): Value {
  if (node.regex) return patternValue(node.regex.pattern, node.regex.flags, place(node))
  const { value } = node
  if (typeof value === 'string') return textWithGaps(value, node)
  return typeof value === 'number' || typeof value === 'boolean' || value === null
    ? value
    : unknown('runtime', place(node))
}

function textWithGaps(text: string, node: AnyNode): Value {
  if (!text.includes(GAP)) return text
  const parts = text
    .split(GAP)
    .flatMap((part, index) => [...(index === 0 ? [] : [undefined]), ...(part === '' ? [] : [part])])
  return unknown('placeholder', place(node), parts)
}

function template(machine: Machine, node: Of<'TemplateLiteral'>, frame: Frame): Value {
  let text: Value = ''
  for (const [index, quasi] of node.quasis.entries()) {
    text = add(text, textWithGaps(quasi.value.cooked ?? '', node), place(node))
    const expression = node.expressions[index]
    if (expression === undefined) continue
    const value = machine.evaluate(expression, frame)
    text = add(
      text,
      isUnknown(value) && value.parts === undefined ? { ...value, parts: [undefined] } : value,
      place(node),
    )
  }
  return text
}

function list(machine: Machine, node: Of<'ArrayExpression'>, frame: Frame): Value {
  const items: Slot[] = []
  let rest: Unknown | undefined
  for (const element of node.elements) {
    if (element === null) items.push(slotOf(undefined, place(node)))
    else if (element.type === 'SpreadElement') {
      const spread = spreadItems(machine, element, frame)
      items.push(...spread.items)
      rest ??= spread.rest
    } else items.push(machine.slot(element, frame))
  }
  return arrayOf(machine, items, rest)
}

function object(machine: Machine, node: Of<'ObjectExpression'>, frame: Frame): Value {
  const result = new JsObject()
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      copyInto(machine, result, machine.slot(property.argument, frame), place(property))
      continue
    }
    const key = keyOf(machine, property.key, property.computed, frame)
    const slot: Slot =
      property.kind === 'init'
        ? machine.slot(property.value, frame, property)
        : slotOf(unknown('runtime', place(property)), place(property))
    if (key === undefined) machine.heap.putRest(result, unknown('runtime', place(property)))
    else if (key !== '__proto__') machine.heap.put(result, key, slot)
  }
  return result
}

function unaryExpression(machine: Machine, node: Of<'UnaryExpression'>, frame: Frame): Value {
  const { argument, operator } = node
  if (operator === 'delete') return remove(machine, argument, frame)
  if (operator === 'typeof' && argument.type === 'Identifier') {
    const outside = typeOfName(machine, frame, argument.name, argument)
    if (outside !== undefined) return unary('typeof', outside.value, place(node))
  }
  return unary(operator, machine.evaluate(argument, frame), place(node))
}

function remove(machine: Machine, target: Expression, frame: Frame): Value {
  if (target.type !== 'MemberExpression' || target.object.type === 'Super') return false
  const base = machine.evaluate(target.object, frame)
  const key = keyOf(machine, target.property, target.computed, frame)
  if (nullish(base) === true) throw new Thrown(place(target))
  if (isObject(base) && key !== undefined) machine.remove(base, key, place(target))
  return true
}

/** Long concatenations nest to the left; they are walked, not descended. */
function binaryExpression(machine: Machine, node: Of<'BinaryExpression'>, frame: Frame): Value {
  const chain: Of<'BinaryExpression'>[] = []
  let left: AnyNode = node
  while (left.type === 'BinaryExpression') {
    chain.push(left)
    left = left.left
  }
  let value = left.type === 'PrivateIdentifier' ? undefined : machine.evaluate(left, frame)
  for (const one of chain.reverse()) {
    machine.spend(1)
    value = binary(one.operator, value, machine.evaluate(one.right, frame), place(one))
  }
  return value
}

function logical(machine: Machine, node: Of<'LogicalExpression'>, frame: Frame): Value {
  const left = machine.slot(node.left, frame)
  const stays = keepsLeft(node.operator, left.value)
  if (stays === true) return left.value
  if (stays === false) return machine.evaluate(node.right, frame)
  return machine.choose(place(node), [() => left, () => machine.slot(node.right, frame)])
}

function conditional(machine: Machine, node: Of<'ConditionalExpression'>, frame: Frame): Value {
  const test = truthy(machine.evaluate(node.test, frame))
  if (test !== undefined) return machine.evaluate(test ? node.consequent : node.alternate, frame)
  return machine.choose(place(node), [
    () => machine.slot(node.consequent, frame),
    () => machine.slot(node.alternate, frame),
  ])
}
