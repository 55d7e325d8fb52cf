// Calls functions: those of the script, those of the platform, and unknown ones, which may run what is handed to them.
import type { Scope } from './scope.ts'
import { boundNames, newScope } from './scope.ts'
import { CALLS_MAX } from './limits.ts'
import { type Completion, type Frame, type Machine, Thrown } from './machine.ts'
import { arrayOf } from './natives-array.ts'
import { joinSlots } from './join.ts'
import { bindPattern } from './targets.ts'
import { enterFunction, executeList } from './statements.ts'
import {
  type JsFunction,
  type Place,
  type Slot,
  type Unknown,
  type Value,
  isCallable,
  isObject,
  isPrimitive,
  slotOf,
  unknown,
} from './values.ts'

/** The value that a call gives. */
export function callFunction(
  machine: Machine,
  callee: Value,
  self: Value,
  args: readonly Slot[],
  at: Place,
): Value {
  machine.spend(1)
  if (isPrimitive(callee) || callee.type === 'object') throw new Thrown(at)
  if (callee.type === 'native') return callee.call(machine, self, args, at)
  if (callee.type === 'unknown') return callUnknown(machine, callee, args, at)
  if (callee.node.async || callee.node.generator || machine.calls >= CALLS_MAX)
    return callLater(machine, callee, args.length, at)
  machine.calls += 1
  try {
    return run(machine, callee, self, args, at)
  } finally {
    machine.calls -= 1
  }
}

function run(machine: Machine, callee: JsFunction, self: Value, args: readonly Slot[], at: Place): Value {
  const { node } = callee
  const scope = newScope(callee.scope, true)
  const isArrow = node.type === 'ArrowFunctionExpression'
  const frame: Frame = { scope, self: isArrow ? callee.self : (self ?? machine.globals) }
  if (!isArrow) {
    machine.heap.put(scope.variables, 'arguments', slotOf(arrayOf(machine, args), at))
    if (node.id) machine.heap.put(scope.variables, node.id.name, slotOf(callee, at))
  }
  bindParameters(machine, callee, args, frame, at)
  if (node.body.type !== 'BlockStatement') return machine.evaluate(node.body, frame)
  enterFunction(machine, node.body.body, scope)
  return resultOf(executeList(machine, node.body.body, frame), at)
}

function bindParameters(
  machine: Machine,
  { node }: JsFunction,
  args: readonly Slot[],
  frame: Frame,
  at: Place,
): void {
  const { scope } = frame
  for (const parameter of node.params)
    for (const name of boundNames(parameter)) machine.heap.put(scope.variables, name, slotOf(undefined, at))
  for (const [index, parameter] of node.params.entries()) {
    const slot =
      parameter.type === 'RestElement'
        ? slotOf(arrayOf(machine, args.slice(index)), at)
        : (args[index] ?? slotOf(undefined, at))
    bindPattern(machine, parameter, slot, frame, (name, value) => declare(machine, scope, name, value))
  }
}

function declare(machine: Machine, scope: Scope, name: string, slot: Slot): void {
  machine.write(scope.variables, name, slot)
}

function resultOf(completion: Completion, at: Place): Value {
  if (completion.type === 'throw') throw completion.thrown
  if (completion.type === 'return') return completion.slot.value
  if (completion.type !== 'maybe') return undefined
  if (completion.abrupt.type === 'return')
    return joinSlots([completion.abrupt.slot, slotOf(undefined, at)], at)?.value
  return unknown('branch', at)
}

/** Nobody knows what an unknown function does with what it is given: callbacks may run, objects may grow. */
function callUnknown(machine: Machine, callee: Unknown, args: readonly Slot[], at: Place): Value {
  for (const { value } of args)
    if (isCallable(value) && value.type === 'function')
      callLater(machine, value, value.node.params.length, at)
    else if (isObject(value) && value !== machine.globals) machine.heap.putRest(value, unknown('runtime', at))
  return unknown(callee.reason, at)
}

/** A function that runs at an unknown time, or never. An exception in it stops nothing else. */
function callLater(machine: Machine, callee: JsFunction, count: number, at: Place): Value {
  if (machine.calls >= CALLS_MAX) return unknown('limit', at)
  machine.calls += 1
  try {
    const args = Array.from({ length: Math.min(count, 10) }, () => slotOf(unknown('runtime', at), at))
    const ran = machine.attempt(() => run(machine, callee, undefined, args, at))
    machine.join([ran.outcome, new Map()], at)
  } finally {
    machine.calls -= 1
  }
  return unknown('runtime', at)
}
