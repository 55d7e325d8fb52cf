// Computes what unary and binary operators give for known values; anything else is unknown.
import { TEXT_MAX } from './limits.ts'
import {
  type Place,
  type Unknown,
  type Value,
  isCallable,
  isObject,
  isPrimitive,
  isUnknown,
  truthy,
  unknown,
} from './values.ts'

/** The text a value becomes in a concatenation; undefined when it cannot be told. */
export function textOf(value: Value, depth = 0): string | undefined {
  if (isPrimitive(value)) return String(value)
  if (!isObject(value) || depth > 3 || value.rest !== undefined) return undefined
  if (!value.isArray) return '[object Object]'
  const texts: string[] = []
  let length = 0
  for (const item of value.items) {
    const text = item.value === null || item.value === undefined ? '' : textOf(item.value, depth + 1)
    if (text === undefined) return undefined
    length += text.length + 1
    if (length > TEXT_MAX) return undefined
    texts.push(text)
  }
  return texts.join(',')
}

/** `a + b`, with what is known of a text around what is not. */
export function add(a: Value, b: Value, at: Place): Value {
  if (isPrimitive(a) && isPrimitive(b) && typeof a !== 'string' && typeof b !== 'string')
    return Number(a) + Number(b)
  if (isUnknown(a) || isUnknown(b)) return addUnknown(a, b, at)
  const [left, right] = [textOf(a), textOf(b)]
  if (left === undefined || right === undefined) return unknown('runtime', at)
  return left.length + right.length > TEXT_MAX ? unknown('limit', at) : left + right
}

function addUnknown(a: Value, b: Value, at: Place): Unknown {
  const reason = isUnknown(a) ? a.reason : isUnknown(b) ? b.reason : 'runtime'
  const isText = [a, b].some((one) => typeof one === 'string' || (isUnknown(one) && one.parts !== undefined))
  return isText
    ? unknown(reason, at, [...partsOf(a), ...partsOf(b)].slice(0, PARTS_MAX))
    : unknown(reason, at)
}

/** Known pieces of one text; a concatenation of more is cut. */
const PARTS_MAX = 200

/** A value as pieces of a text, `undefined` for what is not known. */
export function partsOf(value: Value): readonly (string | undefined)[] {
  if (isUnknown(value)) return value.parts ?? [undefined]
  const text = textOf(value)
  return text === '' ? [] : [text]
}

export function unary(operator: string, value: Value, at: Place): Value {
  if (operator === 'void') return undefined
  if (operator === '!') {
    const known = truthy(value)
    return known === undefined ? unknown(isUnknown(value) ? value.reason : 'runtime', at) : !known
  }
  if (operator === 'typeof') return typeOf(value, at)
  if (!isPrimitive(value)) return unknown(isUnknown(value) ? value.reason : 'runtime', at)
  switch (operator) {
    case '-':
      return -Number(value)
    case '+':
      return Number(value)
    case '~':
      return ~Number(value)
    default:
      return unknown('runtime', at)
  }
}

function typeOf(value: Value, at: Place): Value {
  if (value === null) return 'object'
  if (isPrimitive(value)) return typeof value
  if (isUnknown(value)) return value.parts === undefined ? unknown(value.reason, at) : 'string'
  return isCallable(value) ? 'function' : 'object'
}

export function binary(operator: string, a: Value, b: Value, at: Place): Value {
  if (operator === '+') return add(a, b, at)
  if (operator === 'in') return isIn(a, b, at)
  if (isUnknown(a) || isUnknown(b))
    return unknown(isUnknown(a) ? a.reason : isUnknown(b) ? b.reason : 'runtime', at)
  switch (operator) {
    case '===':
      return a === b
    case '!==':
      return a !== b
    case '==':
      return looselyEqual(a, b, at)
    case '!=': {
      const equal = looselyEqual(a, b, at)
      return typeof equal === 'boolean' ? !equal : equal
    }
    default:
      return isPrimitive(a) && isPrimitive(b) ? compute(operator, a, b, at) : unknown('runtime', at)
  }
}

function looselyEqual(a: Value, b: Value, at: Place): Value {
  if (isPrimitive(a) && isPrimitive(b)) {
    if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null)
    return typeof a === typeof b ? a === b : Number(a) === Number(b)
  }
  if (!isPrimitive(a) && !isPrimitive(b)) return a === b
  if (a === null || a === undefined || b === null || b === undefined) return false
  const left = isPrimitive(a) ? a : textOf(a)
  const right = isPrimitive(b) ? b : textOf(b)
  return left === undefined || right === undefined ? unknown('runtime', at) : looselyEqual(left, right, at)
}

function compute(
  operator: string,
  a: string | number | boolean | null | undefined,
  b: typeof a,
  at: Place,
): Value {
  if (typeof a === 'string' && typeof b === 'string') {
    const order = compareTexts(operator, a, b)
    if (order !== undefined) return order
  }
  return calculate(operator, Number(a), Number(b)) ?? unknown('runtime', at)
}

function compareTexts(operator: string, a: string, b: string): boolean | undefined {
  switch (operator) {
    case '<':
      return a < b
    case '>':
      return a > b
    case '<=':
      return a <= b
    case '>=':
      return a >= b
    default:
      return undefined
  }
}

type Calculation = (a: number, b: number) => number | boolean

const CALCULATIONS: ReadonlyMap<string, Calculation> = new Map<string, Calculation>([
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => a / b],
  ['%', (a, b) => a % b],
  ['**', (a, b) => a ** b],
  ['|', (a, b) => a | b],
  ['&', (a, b) => a & b],
  ['^', (a, b) => a ^ b],
  ['<<', (a, b) => a << b],
  ['>>', (a, b) => a >> b],
  ['>>>', (a, b) => a >>> b],
  ['<', (a, b) => a < b],
  ['>', (a, b) => a > b],
  ['<=', (a, b) => a <= b],
  ['>=', (a, b) => a >= b],
])

function calculate(operator: string, a: number, b: number): number | boolean | undefined {
  return CALCULATIONS.get(operator)?.(a, b)
}

function isIn(key: Value, target: Value, at: Place): Value {
  if (!isObject(target)) return unknown('runtime', at)
  const name = isPrimitive(key) ? String(key) : undefined
  if (name === undefined) return unknown('runtime', at)
  if (target.get(name) !== undefined) return true
  return target.rest === undefined ? false : unknown(target.rest.reason, at)
}
