// The values a script can make here: primitives, objects with the place of every property, functions, and what cannot be told.
import type { ArrowFunctionExpression, Function as FunctionNode } from 'acorn'
import type { UnknownReason } from '../../core/value.ts'
import { HOMES_MAX } from './limits.ts'
import type { Machine } from './machine.ts'
import type { Scope } from './scope.ts'

/** Offsets in the composed script, end exclusive. */
export interface Place {
  readonly start: number
  readonly end: number
}

/** A value that cannot be told from the text. */
export interface Unknown {
  readonly type: 'unknown'
  readonly reason: UnknownReason
  readonly at: Place
  /** What is known of a text, `undefined` for each gap. */
  readonly parts?: readonly (string | undefined)[]
  /** What it is one of, when it depends on a branch only. */
  readonly candidates?: readonly Slot[]
}

/** A value at its place: `at` is the value's expression, `decl` the property or assignment that put it there. */
export interface Slot {
  readonly value: Value
  readonly at: Place
  readonly decl: Place
}

interface Home {
  readonly parent: JsObject
  readonly key: string
}

/** An object, an array, or the variables of a scope. Written only through the heap, which can take changes back. */
export class JsObject {
  readonly type = 'object'
  readonly isArray: boolean
  readonly slots: Map<string, Slot> = new Map()
  items: readonly Slot[] = []
  /** There may be more properties than are known. */
  rest: Unknown | undefined
  #homes: Home[] = []

  constructor(isArray = false, rest?: Unknown) {
    this.isArray = isArray
    this.rest = rest
  }

  get(key: string): Slot | undefined {
    return this.isArray && isIndex(key) ? this.items[Number(key)] : this.slots.get(key)
  }

  /** Remembers that this object was put somewhere; the newest places are kept. */
  settle(parent: JsObject, key: string): void {
    if (this.#homes.some((home) => home.parent === parent && home.key === key)) return
    this.#homes = this.homes()
    if (this.#homes.length >= HOMES_MAX) this.#homes.shift()
    this.#homes.push({ parent, key })
  }

  /** Where it can be found now. */
  homes(): Home[] {
    return this.#homes.filter(({ parent, key }) => parent.get(key)?.value === this)
  }
}

export interface JsFunction {
  readonly type: 'function'
  readonly node: FunctionNode | ArrowFunctionExpression
  readonly scope: Scope
  /** `this` of the surroundings, for arrow functions. */
  readonly self: Value
}

/** A function of the platform; members are what hangs on it (`Object.assign`). */
export interface Native {
  readonly type: 'native'
  readonly call: (machine: Machine, self: Value, args: readonly Slot[], at: Place) => Value
  readonly members?: ReadonlyMap<string, Value>
}

export type Primitive = string | number | boolean | null | undefined
export type Value = Primitive | Unknown | JsObject | JsFunction | Native

export function unknown(reason: UnknownReason, at: Place, parts?: Unknown['parts']): Unknown {
  return { type: 'unknown', reason, at, ...(parts === undefined ? {} : { parts }) }
}

export function slotOf(value: Value, at: Place, decl: Place = at): Slot {
  return { value, at, decl }
}

export function isPrimitive(value: Value): value is Primitive {
  return value === null || typeof value !== 'object'
}

export function isUnknown(value: Value): value is Unknown {
  return !isPrimitive(value) && value.type === 'unknown'
}

export function isObject(value: Value): value is JsObject {
  return !isPrimitive(value) && value.type === 'object'
}

export function isCallable(value: Value): value is JsFunction | Native {
  return !isPrimitive(value) && (value.type === 'function' || value.type === 'native')
}

/** True for `0`, `17`, never for `01`; bounded, so that `Number` stays exact. */
export function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d{0,6})$/.test(key)
}

/** What is true of a value in a condition; undefined when it cannot be told. */
export function truthy(value: Value): boolean | undefined {
  if (isPrimitive(value)) return Boolean(value)
  if (value.type !== 'unknown') return true
  if (value.parts?.some((part) => part !== undefined && part !== '') === true) return true
  const [first, ...others] = value.candidates ?? []
  if (first === undefined) return undefined
  const known = truthy(first.value)
  return others.every((one) => truthy(one.value) === known) ? known : undefined
}

/** True for null and undefined; undefined when it cannot be told. */
export function nullish(value: Value): boolean | undefined {
  if (!isUnknown(value)) return value === null || value === undefined
  if (value.parts !== undefined) return false
  const [first, ...others] = value.candidates ?? []
  if (first === undefined) return undefined
  const known = nullish(first.value)
  return others.every((one) => nullish(one.value) === known) ? known : undefined
}
