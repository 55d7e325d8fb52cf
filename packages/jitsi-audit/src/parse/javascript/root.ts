// Finds out whether a script makes the configuration object itself or only adds to one that another file makes.
import type { AnyNode, Expression, Pattern, Program, Super } from 'acorn'
import { STEPS } from './limits.ts'
import { boundNames } from './scope.ts'

/** True when a declaration or an assignment gives the whole object; one that builds on an earlier object does not. */
export function makesRoot(program: Program, root: string): boolean {
  return some(program, (node) => isMaking(node, root))
}

/** Looks at every node, bodies of functions included: `(function () { window.config = {...} })()` is common. */
function some(top: AnyNode, test: (node: AnyNode) => boolean): boolean {
  const stack: unknown[] = [top]
  for (let seen = 0; stack.length > 0 && seen < STEPS; seen += 1) {
    const node = stack.pop()
    if (!isNode(node)) continue
    if (test(node)) return true
    if (isNamed(node)) {
      stack.push(node.type === 'Property' ? node.value : node.object)
      continue
    }
    for (const value of Object.values(node))
      if (Array.isArray(value)) for (const one of value) stack.push(one)
      else if (typeof value === 'object') stack.push(value)
  }
  return false
}

/** Nodes with a fixed name, which is no variable: `{ name: value }` and `object.name`. */
function isNamed(node: AnyNode): node is Extract<AnyNode, { type: 'Property' | 'MemberExpression' }> {
  return (node.type === 'Property' || node.type === 'MemberExpression') && !node.computed
}

function mentions(expression: Expression, name: string): boolean {
  return some(
    expression,
    (node) =>
      (node.type === 'Identifier' && node.name === name) ||
      (node.type === 'MemberExpression' && isRoot(node, name)),
  )
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function isMaking(node: AnyNode, root: string): boolean {
  if (node.type === 'VariableDeclarator')
    return node.init ? boundNames(node.id).includes(root) && !mentions(node.init, root) : false
  return (
    node.type === 'AssignmentExpression' &&
    node.operator === '=' &&
    isRoot(node.left, root) &&
    !mentions(node.right, root)
  )
}

function isRoot(target: Pattern | Expression | Super, root: string): boolean {
  if (target.type === 'Identifier') return target.name === root
  return (
    target.type === 'MemberExpression' &&
    target.object.type === 'Identifier' &&
    /^(?:window|self|globalThis)$/.test(target.object.name) &&
    target.property.type === 'Identifier' &&
    target.property.name === root
  )
}
