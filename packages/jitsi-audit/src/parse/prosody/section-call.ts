// Recognises the calls that open a section: `VirtualHost "name"`, `Component "name" "module"`, each with or without `{ options }`.
import type { CallStatement, Expression } from 'luaparse'

export interface SectionCall {
  readonly kind: 'VirtualHost' | 'Component'
  readonly name: Expression
  /** Component's second string. */
  readonly module?: Expression
  /** The table of the closed form; without it the section goes on until the next one. */
  readonly options?: Expression
}

const KINDS: Readonly<Record<string, SectionCall['kind']>> = {
  VirtualHost: 'VirtualHost',
  Host: 'VirtualHost',
  host: 'VirtualHost',
  Component: 'Component',
  component: 'Component',
}

/** The section that a call opens; undefined for every other call. */
export function sectionCall(expression: CallStatement['expression']): SectionCall | undefined {
  const parameters: Expression[] = []
  let rest: Expression = expression
  // Name, module and options: three calls in a row at most.
  while (parameters.length < 4) {
    if (rest.type === 'StringCallExpression') parameters.unshift(rest.argument)
    else if (rest.type === 'TableCallExpression') parameters.unshift(rest.arguments)
    else if (rest.type === 'CallExpression' && rest.arguments[0] !== undefined)
      parameters.unshift(rest.arguments[0])
    else break
    rest = rest.base
  }
  const kind = rest.type === 'Identifier' && Object.hasOwn(KINDS, rest.name) ? KINDS[rest.name] : undefined
  const [name, second, third] = parameters
  if (kind === undefined || name === undefined) return undefined
  if (second === undefined) return { kind, name }
  if (second.type === 'TableConstructorExpression') return { kind, name, options: second }
  if (kind === 'VirtualHost') return { kind, name }
  return third === undefined ? { kind, name, module: second } : { kind, name, module: second, options: third }
}
