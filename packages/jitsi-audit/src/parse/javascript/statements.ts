// Runs statements: decidable conditions one way, undecidable ones every way, and what never runs only to name what it would have set.
import type { FunctionDeclaration, ModuleDeclaration, Statement, VariableDeclaration } from 'acorn'
import type { Scope } from './scope.ts'
import { boundNames, functionScope, newScope, scopeOf, varNames } from './scope.ts'
import { combine, fork } from './branches.ts'
import { runLoop } from './loops.ts'
import { type Completion, type Frame, type Machine, NORMAL, Thrown, place } from './machine.ts'
import { bindPattern, type Bind } from './targets.ts'
import { slotOf, truthy, unknown } from './values.ts'

type AnyStatement = Statement | ModuleDeclaration
type Of<Type extends Statement['type']> = Extract<Statement, { type: Type }>

/** Declares what a function's or script's body hoists. */
export function enterFunction(machine: Machine, body: readonly AnyStatement[], scope: Scope): void {
  for (const name of varNames(body)) {
    machine.spend(1)
    if (scope.variables.slots.has(name)) continue
    machine.heap.put(scope.variables, name, slotOf(undefined, { start: 0, end: 0 }))
  }
}

/** Declares what a block hoists: functions at once, let and const when they are reached. */
export function enterBlock(machine: Machine, body: readonly AnyStatement[], frame: Frame): void {
  for (const statement of body) {
    if (statement.type === 'FunctionDeclaration') hoist(machine, statement, frame)
    else if (statement.type === 'ClassDeclaration') frame.scope.pending.add(statement.id.name)
    else if (statement.type === 'VariableDeclaration' && statement.kind !== 'var')
      for (const { id } of statement.declarations)
        for (const name of boundNames(id)) frame.scope.pending.add(name)
  }
}

function hoist(machine: Machine, node: FunctionDeclaration, frame: Frame): void {
  const value = { type: 'function', node, scope: frame.scope, self: frame.self } as const
  machine.write(functionScope(frame.scope).variables, node.id.name, slotOf(value, place(node)))
}

/** Runs statements in order, from `first` on; what an early end cuts off is run as a ghost. */
export function executeList(
  machine: Machine,
  body: readonly AnyStatement[],
  frame: Frame,
  first = 0,
): Completion {
  if (first === 0) enterBlock(machine, body, frame)
  for (const [index, statement] of body.entries()) {
    if (index < first) continue
    const completion = execute(machine, statement, frame)
    if (completion.type === 'normal') continue
    const rest = body.slice(index + 1)
    if (completion.type === 'maybe') {
      if (rest.length === 0) return completion
      return fork(machine, statement, [
        () => machine.nest(statement, NORMAL, () => executeList(machine, body, frame, index + 1)),
        () => completion.abrupt,
      ])
    }
    ghostRest(machine, rest, frame, completion, statement)
    return completion
  }
  return NORMAL
}

function ghostRest(
  machine: Machine,
  rest: readonly AnyStatement[],
  frame: Frame,
  completion: Completion,
  last: AnyStatement,
): void {
  if (rest.length === 0) return
  const thrown = completion.type === 'throw' ? completion.thrown.at : undefined
  machine.ghost(thrown === undefined ? 'dead-branch' : 'after-throw', thrown ?? place(last), () => {
    for (const statement of rest) execute(machine, statement, frame)
  })
}

/** Runs one statement; exceptions become completions. */
export function execute(machine: Machine, node: AnyStatement, frame: Frame): Completion {
  return machine.nest<Completion>(node, NORMAL, () => {
    try {
      return dispatch(machine, node, frame)
    } catch (error) {
      if (error instanceof Thrown) return { type: 'throw', thrown: error }
      throw error
    }
  })
}

function dispatch(machine: Machine, node: AnyStatement, frame: Frame): Completion {
  switch (node.type) {
    case 'ExpressionStatement':
      machine.evaluate(node.expression, frame)
      return NORMAL
    case 'VariableDeclaration':
      declareVariables(machine, node, frame)
      return NORMAL
    case 'ClassDeclaration':
      declare(machine, frame.scope, node.id.name, slotOf(unknown('runtime', place(node)), place(node)))
      return NORMAL
    case 'BlockStatement':
      return executeList(machine, node.body, inner(frame))
    case 'IfStatement':
      return conditional(machine, node, frame)
    case 'ReturnStatement': {
      const slot = node.argument ? machine.slot(node.argument, frame) : slotOf(undefined, place(node))
      return { type: 'return', slot }
    }
    case 'BreakStatement':
      return { type: 'break', label: node.label?.name }
    case 'ContinueStatement':
      return { type: 'continue', label: node.label?.name }
    case 'ThrowStatement':
      throw new Thrown(place(node), machine.evaluate(node.argument, frame))
    default:
      return dispatchNested(machine, node, frame)
  }
}

function dispatchNested(machine: Machine, node: AnyStatement, frame: Frame): Completion {
  switch (node.type) {
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return runLoop(machine, node, inner(frame), [], STEPS_OF_LOOPS)
    case 'LabeledStatement':
      return labelled(machine, node, frame)
    case 'SwitchStatement':
      return choice(machine, node, inner(frame))
    case 'TryStatement':
      return attempt(machine, node, frame)
    case 'WithStatement':
      machine.report(
        'unsupported',
        node,
        'Die Anweisung with wird nicht ausgewertet.',
        'The statement with is not evaluated.',
      )
      return NORMAL
    default:
      return NORMAL
  }
}

const STEPS_OF_LOOPS = { execute, declareVariables }

function inner(frame: Frame): Frame {
  return { ...frame, scope: newScope(frame.scope, false) }
}

/** `var`, `let` and `const`; each variable counts as written at its declarator. */
export function declareVariables(machine: Machine, node: VariableDeclaration, frame: Frame): void {
  for (const declarator of node.declarations) {
    const { id, init } = declarator
    if (!init && node.kind === 'var') continue
    const slot = init ? machine.slot(init, frame, declarator) : slotOf(undefined, place(declarator))
    bindPattern(machine, id, slot, frame, binder(machine, node.kind, frame))
  }
}

/** Puts values into the variables of a declaration. */
export function binder(machine: Machine, kind: VariableDeclaration['kind'], frame: Frame): Bind {
  return (name, slot) => {
    if (kind === 'var') {
      const scope = scopeOf(frame.scope, name) ?? functionScope(frame.scope)
      machine.write(scope.variables, name, slot)
      return
    }
    declare(machine, frame.scope, name, slot)
    if (kind !== 'let') frame.scope.constants.add(name)
  }
}

function declare(machine: Machine, scope: Scope, name: string, slot: ReturnType<typeof slotOf>): void {
  scope.pending.delete(name)
  machine.write(scope.variables, name, slot)
}

function conditional(machine: Machine, node: Of<'IfStatement'>, frame: Frame): Completion {
  const test = truthy(machine.evaluate(node.test, frame))
  const { consequent, alternate } = node
  if (test === undefined)
    return fork(machine, node.test, [
      () => execute(machine, consequent, frame),
      () => (alternate ? execute(machine, alternate, frame) : NORMAL),
    ])
  const dead = test ? alternate : consequent
  if (dead) machine.ghost('dead-branch', place(node.test), () => execute(machine, dead, frame))
  if (test) return execute(machine, consequent, frame)
  return alternate ? execute(machine, alternate, frame) : NORMAL
}

function labelled(machine: Machine, node: Of<'LabeledStatement'>, frame: Frame): Completion {
  const labels: string[] = []
  let body: Statement = node
  while (body.type === 'LabeledStatement') {
    labels.push(body.label.name)
    body = body.body
  }
  const completion = isLoop(body)
    ? runLoop(machine, body, inner(frame), labels, STEPS_OF_LOOPS)
    : execute(machine, body, frame)
  const ends =
    completion.type === 'break' && completion.label !== undefined && labels.includes(completion.label)
  return ends ? NORMAL : completion
}

function isLoop(node: Statement): node is Parameters<typeof runLoop>[1] {
  return /^(?:For(?:In|Of)?|While|DoWhile)Statement$/.test(node.type)
}

function choice(machine: Machine, node: Of<'SwitchStatement'>, frame: Frame): Completion {
  const wanted = machine.evaluate(node.discriminant, frame)
  const body = node.cases.flatMap((one) => one.consequent)
  enterBlock(machine, body, frame)
  const start = (index: number): Completion => {
    const statements = node.cases.slice(index).flatMap((one) => one.consequent)
    const completion = machine.nest<Completion>(node, NORMAL, () => runCases(machine, statements, frame))
    return completion.type === 'break' && completion.label === undefined ? NORMAL : completion
  }
  const fallback = node.cases.findIndex((one) => !one.test)
  const open: number[] = []
  for (const [index, { test }] of node.cases.entries()) {
    if (!test) continue
    const value = machine.evaluate(test, frame)
    const known = [wanted, value].every(
      (one) => typeof one !== 'object' || one === null || one.type !== 'unknown',
    )
    if (!known) open.push(index)
    else if (value === wanted && open.length === 0) return start(index)
    else if (value === wanted)
      return fork(
        machine,
        node,
        [...open, index].map((one) => () => start(one)),
      )
  }
  const last = (): Completion => (fallback === -1 ? NORMAL : start(fallback))
  return open.length === 0 ? last() : fork(machine, node, [...open.map((one) => () => start(one)), last])
}

function runCases(machine: Machine, statements: readonly Statement[], frame: Frame): Completion {
  for (const [index, statement] of statements.entries()) {
    const completion = execute(machine, statement, frame)
    if (completion.type === 'normal') continue
    if (completion.type !== 'maybe') return completion
    const rest = statements.slice(index + 1)
    return fork(machine, statement, [() => runCases(machine, rest, frame), () => completion.abrupt])
  }
  return NORMAL
}

function attempt(machine: Machine, node: Of<'TryStatement'>, frame: Frame): Completion {
  const { block, handler, finalizer } = node
  let completion = execute(machine, block, frame)
  const caught = completion.type === 'maybe' ? completion.abrupt : completion
  if (handler && caught.type === 'throw') {
    const handle = (): Completion => {
      const scope = inner(frame)
      const value = slotOf(caught.thrown.value, caught.thrown.at)
      if (handler.param)
        bindPattern(machine, handler.param, value, scope, (name, slot) =>
          declare(machine, scope.scope, name, slot),
        )
      return execute(machine, handler.body, scope)
    }
    completion = completion.type === 'maybe' ? fork(machine, node, [handle, () => NORMAL]) : handle()
  }
  if (!finalizer) return completion
  const last = execute(machine, finalizer, frame)
  return last.type === 'normal' ? completion : combine(last.type === 'maybe' ? [last, completion] : [last])
}
