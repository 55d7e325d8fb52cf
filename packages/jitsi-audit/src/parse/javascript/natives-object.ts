// Methods of objects and functions, and what hangs on `Object`, `Array` and `JSON`.
import { DEPTH_MAX } from '../../core/limits.ts'
import { type Machine, Thrown } from './machine.ts'
import { NODES_MAX } from './limits.ts'
import { arrayOf } from './natives-array.ts'
import {
  JsObject,
  type Native,
  type Place,
  type Slot,
  type Value,
  isObject,
  isPrimitive,
  isUnknown,
  slotOf,
  unknown,
} from './values.ts'

/** A function of the platform. */
export function native(call: Native['call'], members?: readonly (readonly [string, Value])[]): Native {
  return { type: 'native', call, ...(members === undefined ? {} : { members: new Map(members) }) }
}

const hasOwn: Native['call'] = (_, self, args, at) => {
  const key = args[0]?.value
  if (!isObject(self) || !isPrimitive(key)) return unknown(isUnknown(self) ? self.reason : 'runtime', at)
  if (self.get(String(key)) !== undefined) return true
  return self.rest === undefined ? false : unknown(self.rest.reason, at)
}

export const OBJECT_METHODS: ReadonlyMap<string, Native> = new Map([
  ['hasOwnProperty', native(hasOwn)],
  ['propertyIsEnumerable', native(hasOwn)],
  ['toString', native((_, self, __, at) => (isObject(self) ? '[object Object]' : unknown('runtime', at)))],
  ['valueOf', native((_, self) => self)],
])

export const FUNCTION_METHODS: ReadonlyMap<string, Native> = new Map([
  [
    'call',
    native((machine, self, args, at) =>
      machine.evaluator.call(machine, self, args[0]?.value, args.slice(1), at),
    ),
  ],
  [
    'apply',
    native((machine, self, args, at) => {
      const list = args[1]?.value
      if (list !== undefined && list !== null && (!isObject(list) || list.rest !== undefined))
        return unknown('runtime', at)
      return machine.evaluator.call(machine, self, args[0]?.value, isObject(list) ? list.items : [], at)
    }),
  ],
  [
    'bind',
    native((_, self, args) =>
      native((machine, __, more, at) =>
        machine.evaluator.call(machine, self, args[0]?.value, [...args.slice(1), ...more], at),
      ),
    ),
  ],
])

/** Characters of a text that spread into an object; nobody means to. */
const SPREAD_MAX = 100

/** Copies properties as `Object.assign` and spread do; each keeps the place where it was written. */
export function copyInto(machine: Machine, target: JsObject, source: Slot, at: Place): void {
  const { value } = source
  if (isUnknown(value)) machine.heap.putRest(target, unknown(value.reason, at))
  if (typeof value === 'string')
    for (const [index, char] of Array.from(value.slice(0, SPREAD_MAX)).entries())
      machine.write(target, String(index), { ...source, value: char })
  if (!isObject(value)) return
  for (const [index, item] of value.items.entries()) machine.write(target, String(index), item)
  for (const [key, slot] of value.slots) machine.write(target, key, slot)
  if (value.rest !== undefined) machine.heap.putRest(target, unknown(value.rest.reason, at))
}

const assign: Native['call'] = (machine, _, [target, ...sources], at) => {
  if (target?.value === undefined || target.value === null) throw new Thrown(at)
  if (!isObject(target.value)) return unknown('runtime', at)
  for (const source of sources) copyInto(machine, target.value, source, at)
  return target.value
}

function listed(pick: (key: string, slot: Slot, machine: Machine) => Slot): Native {
  return native((machine, _, args, at) => {
    const value = args[0]?.value
    if (value === null || value === undefined) throw new Thrown(at)
    if (!isObject(value) || value.rest !== undefined) return unknown('runtime', at)
    const entries: [string, Slot][] = [
      ...value.items.map((item, index): [string, Slot] => [String(index), item]),
      ...value.slots,
    ]
    return arrayOf(
      machine,
      entries.map(([key, slot]) => pick(key, slot, machine)),
    )
  })
}

const fromEntries: Native['call'] = (machine, _, args, at) => {
  const list = args[0]?.value
  if (!isObject(list) || list.rest !== undefined) return unknown('runtime', at)
  const object = new JsObject()
  for (const { value } of list.items) {
    const [key, slot] = isObject(value) ? value.items : []
    if (!isPrimitive(key?.value) || slot === undefined) return unknown('runtime', at)
    machine.write(object, String(key?.value), slot)
  }
  return object
}

export const OBJECT: Native = native(
  (_, __, args) => (isObject(args[0]?.value) ? args[0].value : new JsObject()),
  [
    ['assign', native(assign)],
    [
      'create',
      native((_, __, args, at) => (args[0]?.value === null ? new JsObject() : unknown('runtime', at))),
    ],
    [
      'entries',
      listed((key, slot, machine) => ({ ...slot, value: arrayOf(machine, [slotOf(key, slot.at), slot]) })),
    ],
    ['freeze', native((_, __, args) => args[0]?.value)],
    ['fromEntries', native(fromEntries)],
    ['hasOwn', native((machine, _, args, at) => hasOwn(machine, args[0]?.value, args.slice(1), at))],
    ['keys', listed((key, slot) => slotOf(key, slot.at))],
    ['prototype', new JsObject()],
    ['seal', native((_, __, args) => args[0]?.value)],
    ['values', listed((_, slot) => slot)],
  ],
)

const from: Native['call'] = (machine, _, args, at) => {
  const value = args[0]?.value
  if (typeof value === 'string')
    return arrayOf(
      machine,
      Array.from(value, (char) => slotOf(char, at)),
    )
  if (!isObject(value) || !value.isArray || args.length > 1) return unknown('runtime', at)
  return arrayOf(machine, value.items, value.rest)
}

export const ARRAY: Native = native(
  (machine, _, args, at) => {
    if (args.length === 1 && typeof args[0]?.value === 'number') return unknown('runtime', at)
    return arrayOf(machine, args)
  },
  [
    [
      'isArray',
      native((_, __, args, at) => {
        const value = args[0]?.value
        return isUnknown(value) ? unknown(value.reason, at) : isObject(value) && value.isArray
      }),
    ],
    ['from', native(from)],
    ['of', native((machine, _, args) => arrayOf(machine, args))],
    ['prototype', new JsObject(true)],
  ],
)

export const JSON_OBJECT: Native = native(
  (_, __, ___, at) => unknown('runtime', at),
  [
    [
      'parse',
      native((machine, _, args, at) => {
        const text = args[0]?.value
        if (typeof text !== 'string') return unknown('runtime', at)
        machine.spend(text.length / 4)
        try {
          return fromJson(machine, JSON.parse(text), at, 0)
        } catch (error) {
          if (error instanceof SyntaxError) return unknown('runtime', at)
          throw error
        }
      }),
    ],
    ['stringify', native((_, __, ___, at) => unknown('runtime', at))],
  ],
)

function fromJson(machine: Machine, value: unknown, at: Place, depth: number): Value {
  machine.spend(1)
  if (depth > DEPTH_MAX || depth > NODES_MAX) return unknown('limit', at)
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (Array.isArray(value))
    return arrayOf(
      machine,
      value.map((item) => slotOf(fromJson(machine, item, at, depth + 1), at)),
    )
  const object = new JsObject()
  if (typeof value === 'object')
    for (const [key, item] of Object.entries(value))
      machine.heap.put(object, key, slotOf(fromJson(machine, item, at, depth + 1), at))
  return object
}
