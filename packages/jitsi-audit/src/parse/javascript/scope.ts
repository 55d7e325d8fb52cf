// Variables by block and function, and what is hoisted to the top of them.
import type { Pattern, Statement } from 'acorn'
import { JsObject } from './values.ts'

/** Names declared in one block or function; the outermost one is the global object itself. */
export interface Scope {
  readonly variables: JsObject
  readonly parent?: Scope
  readonly constants: Set<string>
  /** Declared with let, const or class, and not yet reached. */
  readonly pending: Set<string>
  /** Takes `var`: a function's scope or the global one. */
  readonly isFunction: boolean
}

export function newScope(
  parent: Scope | undefined,
  isFunction: boolean,
  variables: JsObject = new JsObject(),
): Scope {
  const scope = { variables, constants: new Set<string>(), pending: new Set<string>(), isFunction }
  return parent === undefined ? scope : { ...scope, parent }
}

/** The scope that declares a name, from the inside out. */
export function scopeOf(scope: Scope, name: string): Scope | undefined {
  for (let one: Scope | undefined = scope; one !== undefined; one = one.parent)
    if (one.pending.has(name) || one.variables.slots.has(name)) return one
  return undefined
}

/** The scope that `var` writes to. */
export function functionScope(scope: Scope): Scope {
  let one = scope
  while (!one.isFunction && one.parent !== undefined) one = one.parent
  return one
}

/** Every name that `var` declares in these statements, nested blocks included, functions not. */
export function varNames(body: readonly unknown[]): readonly string[] {
  const names: string[] = []
  const stack: unknown[] = [...body]
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    if (!isStatement(one)) continue
    if (one.type === 'VariableDeclaration' && one.kind === 'var')
      for (const { id } of one.declarations) names.push(...boundNames(id))
    stack.push(...statementsWithin(one))
  }
  return names
}

/** Names that a pattern binds. */
export function boundNames(pattern: Pattern): readonly string[] {
  const names: string[] = []
  const stack: (Pattern | null)[] = [pattern]
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    if (one === null) continue
    if (one.type === 'Identifier') names.push(one.name)
    else if (one.type === 'RestElement') stack.push(one.argument)
    else if (one.type === 'AssignmentPattern') stack.push(one.left)
    else if (one.type === 'ArrayPattern') stack.push(...one.elements)
    else if (one.type === 'ObjectPattern')
      for (const property of one.properties)
        stack.push(property.type === 'RestElement' ? property.argument : property.value)
  }
  return names
}

function isStatement(node: unknown): node is Statement {
  return typeof node === 'object' && node !== null && 'type' in node
}

function statementsWithin(node: Statement): readonly unknown[] {
  switch (node.type) {
    case 'BlockStatement':
      return node.body
    case 'IfStatement':
      return [node.consequent, node.alternate]
    case 'ForStatement':
      return [node.init, node.body]
    case 'ForInStatement':
    case 'ForOfStatement':
      return [node.left, node.body]
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'WithStatement':
    case 'LabeledStatement':
      return [node.body]
    case 'TryStatement':
      return [node.block, node.handler?.body, node.finalizer]
    case 'SwitchStatement':
      return node.cases.flatMap((one) => one.consequent)
    default:
      return []
  }
}
