// Values of Jinja expressions, as far as the set itself gives them; never a call into anything.
import type { Origin } from '../../../core/source.ts'
import type { Node } from '../../../core/value.ts'
import type { Budget } from '../limits.ts'
import { asText, equal, flag, list, map, nothing, number, text, truth, unknown } from '../values.ts'
import type { Argument, Expression } from './expression.ts'
import { applyFilter } from './filters.ts'

/** What an expression can see. `undefined` is Jinja's undefined: nothing in the set defines it. */
export interface Scope {
  readonly lookup: (name: string) => Node | undefined
  readonly origin: (start: number, end: number, kind?: Origin['kind']) => Origin
  readonly budget: Budget
}

export type Value = Node | undefined

/** Value of the expression; `undefined` where Jinja has undefined. */
export function evaluate(expression: Expression, scope: Scope): Value {
  const here = scope.origin(expression.start, expression.end)
  if (!scope.budget.spend()) return unknown(here, 'limit')
  return scope.budget.deeper<Value>(() => evaluateHere(expression, scope, here), unknown(here, 'limit'))
}

function evaluateHere(expression: Expression, scope: Scope, here: Origin): Value {
  switch (expression.kind) {
    case 'text':
      return text(expression.value, here)
    case 'number':
      return number(expression.value, here)
    case 'flag':
      return flag(expression.value, here)
    case 'none':
      return nothing(here)
    case 'name':
      return scope.lookup(expression.name)
    case 'member':
      return member(evaluate(expression.of, scope), evaluate(expression.key, scope), here)
    case 'call':
      return call(expression.of, expression.args, scope, here)
    case 'filter':
      return filter(expression, scope, here)
    case 'test':
      return test(expression, scope, here)
    case 'not':
      return negate(evaluate(expression.of, scope), here)
    case 'binary':
      return binary(expression, scope, here)
    case 'choice':
      return choice(expression, scope, here)
    case 'list':
      return list(
        expression.items.map((item) => evaluate(item, scope) ?? unknown(here)),
        here,
      )
    case 'map':
      return map(mapEntries(expression.entries, scope, here), here)
    case 'unreadable':
      return unknown(here, 'runtime')
  }
}

function mapEntries(
  entries: readonly (readonly [Expression, Expression])[],
  scope: Scope,
  here: Origin,
): ReadonlyMap<string, Node> {
  const result = new Map<string, Node>()
  for (const [key, value] of entries) {
    const name = evaluate(key, scope)
    const known = name === undefined ? undefined : asText(name)
    if (known !== undefined) result.set(known, evaluate(value, scope) ?? unknown(here))
  }
  return result
}

function member(of: Value, key: Value, here: Origin): Value {
  if (of === undefined) return undefined
  if (of.kind === 'unknown' || key === undefined || key.kind === 'unknown') return unknown(here)
  const name = asText(key)
  if (of.kind === 'map') return name === undefined ? undefined : of.entries.get(name)
  if (of.kind === 'list' && key.kind === 'number') return of.items.at(key.value)
  return undefined
}

function choice(expression: Extract<Expression, { kind: 'choice' }>, scope: Scope, here: Origin): Value {
  const test = evaluate(expression.test, scope)
  const taken = test === undefined ? undefined : truth(test)
  if (taken === undefined) return unknown(here, 'branch')
  if (taken) return evaluate(expression.value, scope)
  return expression.otherwise === undefined ? text('', here) : evaluate(expression.otherwise, scope)
}

function negate(value: Value, here: Origin): Value {
  const known = value === undefined ? undefined : truth(value)
  return known === undefined ? unknown(here) : flag(!known, here)
}

function binary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope, here: Origin): Value {
  const { operator } = expression
  if (operator === 'and' || operator === 'or') return logical(expression, scope, here)
  const left = evaluate(expression.left, scope)
  const right = evaluate(expression.right, scope)
  if (left === undefined || right === undefined || left.kind === 'unknown' || right.kind === 'unknown')
    return unknown(here)
  if (operator === '==' || operator === '!=') {
    const same = equal(left, right)
    return same === undefined ? unknown(here) : flag(same === (operator === '=='), here)
  }
  if (operator === 'in' || operator === 'not in') {
    const found = contains(right, left)
    return found === undefined ? unknown(here) : flag(found === (operator === 'in'), here)
  }
  if (operator === '~') return joined(left, right, here)
  return arithmetic(operator, left, right, here)
}

function logical(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope, here: Origin): Value {
  const left = evaluate(expression.left, scope)
  const known = left === undefined ? undefined : truth(left)
  const decides = expression.operator === 'or'
  if (known === decides) return left
  const right = evaluate(expression.right, scope)
  if (known !== undefined) return right
  // An unknown left side does not matter when the right side decides alone.
  const other = right === undefined ? undefined : truth(right)
  return other === decides ? right : unknown(here)
}

function joined(left: Node, right: Node, here: Origin): Node {
  const a = asText(left, 'None')
  const b = asText(right, 'None')
  return a === undefined || b === undefined ? unknown(here) : text(a + b, here)
}

function arithmetic(operator: string, left: Node, right: Node, here: Origin): Node {
  if (operator === '+' && left.kind === 'list' && right.kind === 'list')
    return list([...left.items, ...right.items], here)
  if (operator === '+' && left.kind === 'text') return joined(left, right, here)
  const a = Number(asText(left) ?? Number.NaN)
  const b = Number(asText(right) ?? Number.NaN)
  if (operator === '<') return flag(a < b, here)
  if (operator === '>') return flag(a > b, here)
  if (operator === '<=') return flag(a <= b, here)
  if (operator === '>=') return flag(a >= b, here)
  const result = calculate(operator, a, b)
  return Number.isFinite(result) ? number(result, here) : unknown(here, 'runtime')
}

function calculate(operator: string, a: number, b: number): number {
  if (operator === '+') return a + b
  if (operator === '-') return a - b
  if (operator === '*') return a * b
  if (operator === '/') return a / b
  if (operator === '//') return Math.floor(a / b)
  if (operator === '%') return a % b
  return operator === '**' ? a ** b : Number.NaN
}

/** True when the list holds the item, the map the key, or the text the part. */
function contains(whole: Node, part: Node): boolean | undefined {
  if (whole.kind === 'map') return whole.entries.has(asText(part) ?? '')
  if (whole.kind === 'text') return whole.value.includes(asText(part) ?? '\0')
  if (whole.kind !== 'list') return undefined
  const results = whole.items.map((item) => equal(item, part))
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false
}

function filter(expression: Extract<Expression, { kind: 'filter' }>, scope: Scope, here: Origin): Value {
  const of = evaluate(expression.of, scope)
  if (expression.name === 'default' || expression.name === 'd') return fallback(of, expression.args, scope)
  if (of === undefined) return expression.name === 'mandatory' ? undefined : unknown(here)
  const args = expression.args.map(({ name, value }) => ({ name, value: evaluate(value, scope) }))
  return applyFilter(expression.name, of, args, here)
}

/** `x | default('y')`: what the template gives when nobody defines x; the place is the default's own. */
function fallback(of: Value, args: readonly Argument[], scope: Scope): Value {
  const [first, second] = args
  const also = second === undefined ? undefined : evaluate(second.value, scope)
  const alsoFalse = also !== undefined && truth(also) === true
  if (of !== undefined) {
    const known = truth(of)
    if (!alsoFalse || known !== false) return of
  }
  if (first === undefined) return text('', scope.origin(0, 0))
  const value = evaluate(first.value, scope)
  if (value === undefined || value.kind === 'unknown') return value
  const written = first.value.kind !== 'name' && first.value.kind !== 'member'
  return written
    ? { ...value, origin: scope.origin(first.value.start, first.value.end, 'template-default') }
    : value
}

function test(expression: Extract<Expression, { kind: 'test' }>, scope: Scope, here: Origin): Value {
  const of = evaluate(expression.of, scope)
  const result = testValue(expression.name, of, expression.args.map(({ value }) => evaluate(value, scope))[0])
  return result === undefined ? unknown(here) : flag(result !== expression.negated, here)
}

function testValue(name: string, of: Value, arg: Value): boolean | undefined {
  if (name === 'defined') return of === undefined ? false : of.kind === 'unknown' ? undefined : true
  if (name === 'undefined') return of === undefined ? true : of.kind === 'unknown' ? undefined : false
  if (of === undefined || of.kind === 'unknown') return undefined
  if (name === 'none') return of.kind === 'null'
  if (name === 'string') return of.kind === 'text'
  if (name === 'number') return of.kind === 'number'
  if (name === 'boolean') return of.kind === 'flag'
  if (name === 'mapping') return of.kind === 'map'
  if (name === 'sequence' || name === 'iterable')
    return of.kind === 'list' || of.kind === 'map' || of.kind === 'text'
  if (name === 'true' || name === 'sameas') return of.kind === 'flag' && of.value
  if (name === 'false') return of.kind === 'flag' && !of.value
  if (name === 'truthy') return truth(of)
  if (name === 'falsy') return truth(of) === false
  if (arg === undefined) return undefined
  if (name === 'in') return contains(arg, of)
  if (name === 'contains') return contains(of, arg)
  if (name === 'eq' || name === 'equalto') return equal(of, arg)
  const same = equal(of, arg)
  return name === 'ne' && same !== undefined ? !same : undefined
}

/** The few calls that only read what is in the set. */
function call(of: Expression, args: readonly Argument[], scope: Scope, here: Origin): Value {
  if (of.kind === 'member' && of.key.kind === 'text' && of.key.value === 'pillar.get')
    return callPillar(args, scope, here)
  if (of.kind === 'name' && of.name === 'range') return range(args, scope, here)
  if (of.kind === 'member' && of.key.kind === 'text') {
    const target = evaluate(of.of, scope)
    return method(
      of.key.value,
      target,
      args.map(({ value }) => evaluate(value, scope)),
      here,
    )
  }
  return unknown(here, 'runtime')
}

/** `salt['pillar.get']('a:b', 'default')` of Salt. */
function callPillar(args: readonly Argument[], scope: Scope, here: Origin): Value {
  const [first] = args
  const path = first === undefined ? undefined : evaluate(first.value, scope)
  let found: Value = scope.lookup('pillar')
  if (found?.kind === 'unknown') found = undefined
  for (const key of (path === undefined ? undefined : asText(path))?.split(':') ?? [])
    found = member(found, text(key, here), here)
  return found ?? fallback(undefined, args.slice(1), scope)
}

function method(name: string, of: Value, args: readonly Value[], here: Origin): Value {
  const [first] = args
  if (of === undefined || of.kind === 'unknown') return unknown(here)
  if (of.kind === 'map') {
    if (name === 'get') {
      const key = first === undefined ? undefined : asText(first)
      return key === undefined ? unknown(here) : (of.entries.get(key) ?? args[1] ?? nothing(here))
    }
    if (name === 'items' || name === 'iteritems')
      return list(
        [...of.entries].map(([key, value]) => list([text(key, value.origin), value], value.origin)),
        here,
      )
    if (name === 'keys')
      return list(
        [...of.entries.keys()].map((key) => text(key, here)),
        here,
      )
    if (name === 'values') return list([...of.entries.values()], here)
  }
  if (of.kind !== 'text') return unknown(here, 'runtime')
  const part = first === undefined ? undefined : asText(first)
  if (name === 'startswith' && part !== undefined) return flag(of.value.startsWith(part), here)
  if (name === 'endswith' && part !== undefined) return flag(of.value.endsWith(part), here)
  return applyFilter(
    name === 'strip' ? 'trim' : name,
    of,
    args.map((value) => ({ value })),
    here,
  )
}

/** Longest range; loops are cut there anyway. */
const RANGE_MAX = 1_000

function range(args: readonly Argument[], scope: Scope, here: Origin): Value {
  const numbers = args.map(({ value }) => Number(asText(evaluate(value, scope) ?? nothing(here), 'x') ?? 'x'))
  if (numbers.length === 0 || numbers.some((one) => !Number.isFinite(one))) return unknown(here)
  const [from, to, step] =
    numbers.length === 1 ? [0, numbers[0] ?? 0, 1] : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1]
  const items: Node[] = []
  if (step <= 0) return unknown(here, 'runtime')
  for (let at = from; at < to && items.length < RANGE_MAX; at += step) items.push(number(at, here))
  return list(items, here)
}
