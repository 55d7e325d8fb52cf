// Runs loops; one whose condition cannot be told counts as run once or not at all.
import type {
  DoWhileStatement,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Statement,
  VariableDeclaration,
  WhileStatement,
} from 'acorn'
import { fork } from './branches.ts'
import { type Completion, type Frame, type Machine, NORMAL, Thrown, place } from './machine.ts'
import { newScope } from './scope.ts'
import { assigning, bindPattern } from './targets.ts'
import { type Slot, isObject, isUnknown, nullish, slotOf, truthy, unknown } from './values.ts'

type Loop = ForStatement | ForInStatement | ForOfStatement | WhileStatement | DoWhileStatement

/** What the loops need of the statements around them. */
interface Runner {
  readonly execute: (machine: Machine, node: Statement, frame: Frame) => Completion
  readonly declareVariables: (machine: Machine, node: VariableDeclaration, frame: Frame) => void
}

/** Runs one loop; `labels` are the names that `break` and `continue` may call it. */
export function runLoop(
  machine: Machine,
  node: Loop,
  frame: Frame,
  labels: readonly string[],
  runner: Runner,
): Completion {
  const body = (): Completion | 'next' | 'done' => {
    const end = runner.execute(machine, node.body, { ...frame, scope: newScope(frame.scope, false) })
    return afterBody(end, labels)
  }
  if (node.type === 'ForInStatement' || node.type === 'ForOfStatement')
    return overItems(machine, node, frame, body, runner)
  if (node.type === 'ForStatement' && node.init) {
    if (node.init.type === 'VariableDeclaration') runner.declareVariables(machine, node.init, frame)
    else machine.evaluate(node.init, frame)
  }
  let tested = node.type !== 'DoWhileStatement'
  for (;;) {
    machine.spend(1)
    const test = !tested || !node.test ? true : truthy(machine.evaluate(node.test, frame))
    tested = true
    if (test === false) return NORMAL
    if (test === undefined) return fork(machine, node, [() => completionOf(body()), () => NORMAL])
    const end = body()
    if (end === 'done') return NORMAL
    if (end !== 'next') return end
    if (node.type === 'ForStatement' && node.update) machine.evaluate(node.update, frame)
  }
}

function completionOf(end: Completion | 'next' | 'done'): Completion {
  return end === 'next' || end === 'done' ? NORMAL : end
}

/** What the end of the body means for the loop. */
function afterBody(end: Completion, labels: readonly string[]): Completion | 'next' | 'done' {
  const mine = (label: string | undefined): boolean => label === undefined || labels.includes(label)
  if (end.type === 'normal' || (end.type === 'continue' && mine(end.label))) return 'next'
  if (end.type === 'break' && mine(end.label)) return 'done'
  if (end.type !== 'maybe') return end
  const { abrupt } = end
  if (abrupt.type === 'continue' && mine(abrupt.label)) return 'next'
  return abrupt.type === 'break' && mine(abrupt.label) ? 'done' : end
}

function overItems(
  machine: Machine,
  node: ForInStatement | ForOfStatement,
  frame: Frame,
  body: () => Completion | 'next' | 'done',
  runner: Runner,
): Completion {
  const source = machine.slot(node.right, frame)
  if (nullish(source.value) === true) {
    if (node.type === 'ForInStatement') return NORMAL
    throw new Thrown(place(node.right))
  }
  const { items, more } = node.type === 'ForInStatement' ? keysOf(source) : itemsOf(source)
  const once = (item: Slot): Completion | 'next' | 'done' => {
    machine.spend(1)
    bindItem(machine, node, item, frame, runner)
    return body()
  }
  for (const item of items) {
    const end = once(item)
    if (end === 'done') return NORMAL
    if (end !== 'next') return end
  }
  if (!more) return NORMAL
  const unclear = slotOf(
    unknown(isUnknown(source.value) ? source.value.reason : 'runtime', source.at),
    source.at,
  )
  return fork(machine, node, [() => completionOf(once(unclear)), () => NORMAL])
}

function bindItem(
  machine: Machine,
  node: ForInStatement | ForOfStatement,
  item: Slot,
  frame: Frame,
  runner: Runner,
): void {
  const { left } = node
  if (left.type !== 'VariableDeclaration') {
    bindPattern(machine, left, item, frame, assigning(machine, frame))
    return
  }
  void runner
  const [declarator] = left.declarations
  if (declarator === undefined) return
  bindPattern(machine, declarator.id, item, frame, (name, slot) => {
    if (left.kind === 'var') assigning(machine, frame)(name, slot)
    else machine.write(frame.scope.variables, name, slot)
  })
}

function itemsOf({ value, at }: Slot): { readonly items: readonly Slot[]; readonly more: boolean } {
  if (isObject(value) && value.isArray) return { items: value.items, more: value.rest !== undefined }
  if (typeof value === 'string') return { items: Array.from(value, (char) => slotOf(char, at)), more: false }
  return { items: [], more: true }
}

function keysOf({ value, at }: Slot): { readonly items: readonly Slot[]; readonly more: boolean } {
  if (typeof value === 'string')
    return { items: Array.from(value, (_, index) => slotOf(String(index), at)), more: false }
  if (!isObject(value)) return { items: [], more: isUnknown(value) }
  const keys = [...value.items.map((_, index) => String(index)), ...value.slots.keys()]
  return { items: keys.map((key) => slotOf(key, at)), more: value.rest !== undefined }
}
