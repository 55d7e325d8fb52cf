// Methods of arrays; an array that may hold more than is known gives unknown results.
import type { Machine } from './machine.ts'
import { textOf } from './operators.ts'
import { TEXT_MAX } from './limits.ts'
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
  truthy,
  unknown,
} from './values.ts'

type Method = (machine: Machine, array: JsObject, args: readonly Slot[], at: Place) => Value

/** An array of these items. */
export function arrayOf(machine: Machine, items: readonly Slot[], rest?: JsObject['rest']): JsObject {
  machine.spend(1 + items.length)
  const array = new JsObject(true, rest)
  machine.heap.putItems(array, items)
  return array
}

/** Calls the callback with item, index and array. */
function visit(machine: Machine, array: JsObject, args: readonly Slot[], index: number, at: Place): Value {
  const item = array.items[index]
  if (item === undefined) return undefined
  return machine.evaluator.call(
    machine,
    args[0]?.value,
    args[1]?.value,
    [item, slotOf(index, at), slotOf(array, at)],
    at,
  )
}

function map(machine: Machine, array: JsObject, args: readonly Slot[], at: Place): Value {
  return arrayOf(
    machine,
    array.items.map((_, index) => slotOf(visit(machine, array, args, index, at), at)),
  )
}

/** Items for which the callback's answer is (or is not) true; undefined when one answer cannot be told. */
function selected(
  machine: Machine,
  array: JsObject,
  args: readonly Slot[],
  at: Place,
): readonly boolean[] | undefined {
  const answers: boolean[] = []
  for (const index of array.items.keys()) {
    const answer = truthy(visit(machine, array, args, index, at))
    if (answer === undefined) return undefined
    answers.push(answer)
  }
  return answers
}

function choose(pick: (answers: readonly boolean[], array: JsObject, machine: Machine) => Value): Method {
  return (machine, array, args, at) => {
    const answers = selected(machine, array, args, at)
    return answers === undefined ? unknown('branch', at) : pick(answers, array, machine)
  }
}

function reduce(machine: Machine, array: JsObject, args: readonly Slot[], at: Place): Value {
  let value = args.length > 1 ? args[1]?.value : array.items[0]?.value
  for (const [index, item] of array.items.entries()) {
    if (index === 0 && args.length < 2) continue
    const given = [slotOf(value, at), item, slotOf(index, at), slotOf(array, at)]
    value = machine.evaluator.call(machine, args[0]?.value, undefined, given, at)
  }
  return value
}

function concat(machine: Machine, array: JsObject, args: readonly Slot[], at: Place): Value {
  const items = [...array.items]
  let rest = array.rest
  for (const arg of args) {
    const { value } = arg
    machine.spend(isObject(value) ? value.items.length : 1)
    if (isUnknown(value)) rest ??= unknown(value.reason, at)
    else if (isObject(value) && value.isArray) {
      items.push(...value.items)
      rest ??= value.rest
    } else items.push(arg)
  }
  return arrayOf(machine, items, rest)
}

function join(machine: Machine, array: JsObject, args: readonly Slot[], at: Place): Value {
  const by = args[0]?.value === undefined ? ',' : textOf(args[0].value)
  const texts = array.items.map(({ value }) => (value === null || value === undefined ? '' : textOf(value)))
  machine.spend(texts.length)
  if (by === undefined) return unknown('runtime', at)
  if (texts.includes(undefined)) {
    const parts = array.items.flatMap(({ value }, index) => [...(index === 0 ? [] : [by]), textOf(value)])
    return unknown('runtime', at, parts.slice(0, 200))
  }
  const length = texts.reduce((sum, text) => sum + (text?.length ?? 0) + by.length, 0)
  return length > TEXT_MAX ? unknown('limit', at) : texts.join(by)
}

function indexOf(machine: Machine, array: JsObject, args: readonly Slot[], at: Place): number | undefined {
  machine.spend(array.items.length)
  const wanted = args[0]?.value
  if (isUnknown(wanted) || array.items.some(({ value }) => isUnknown(value))) return undefined
  void at
  return array.items.findIndex(({ value }) => value === wanted)
}

function slice(machine: Machine, array: JsObject, args: readonly Slot[], at: Place): Value {
  const [from, to] = args.map(({ value }) => value)
  if (!isPrimitive(from) || !isPrimitive(to)) return unknown('runtime', at)
  return arrayOf(
    machine,
    array.items.slice(
      from === undefined ? undefined : Number(from),
      to === undefined ? undefined : Number(to),
    ),
  )
}

function splice(machine: Machine, array: JsObject, args: readonly Slot[], at: Place): Value {
  const [from, count, ...added] = args
  if (!isPrimitive(from?.value) || !isPrimitive(count?.value)) return spoil(machine, array, at)
  const items = [...array.items]
  const removed = items.splice(
    Number(from?.value ?? 0),
    count === undefined ? items.length : Number(count.value),
    ...added,
  )
  machine.writeItems(array, items, at)
  return arrayOf(machine, removed)
}

/** From here on nobody can tell what the array holds. */
function spoil(machine: Machine, array: JsObject, at: Place): Value {
  machine.heap.putRest(array, unknown('runtime', at))
  return unknown('runtime', at)
}

function sort(machine: Machine, array: JsObject, args: readonly Slot[], at: Place): Value {
  const texts = array.items.map(({ value }) => (typeof value === 'string' ? value : undefined))
  if (args.length > 0 || texts.includes(undefined)) return spoil(machine, array, at)
  const order = [...array.items].sort((a, b) => ((textOf(a.value) ?? '') < (textOf(b.value) ?? '') ? -1 : 1))
  machine.writeItems(array, order, at)
  return array
}

function flat(machine: Machine, array: JsObject): Value {
  const items = array.items.flatMap((item) =>
    isObject(item.value) && item.value.isArray ? item.value.items : [item],
  )
  return arrayOf(machine, items)
}

const METHODS: Readonly<Record<string, Method>> = {
  concat,
  every: choose((answers) => answers.every(Boolean)),
  filter: choose((answers, array, machine) =>
    arrayOf(
      machine,
      array.items.filter((_, index) => answers[index]),
    ),
  ),
  find: choose((answers, array) => array.items[answers.indexOf(true)]?.value),
  findIndex: choose((answers) => answers.indexOf(true)),
  flat,
  flatMap: (machine, array, args, at) => {
    const mapped = map(machine, array, args, at)
    return isObject(mapped) ? flat(machine, mapped) : mapped
  },
  forEach: (machine, array, args, at) => {
    for (const index of array.items.keys()) visit(machine, array, args, index, at)
    return undefined
  },
  includes: (machine, array, args, at) => {
    const index = indexOf(machine, array, args, at)
    return index === undefined ? unknown('runtime', at) : index !== -1
  },
  indexOf: (machine, array, args, at) => indexOf(machine, array, args, at) ?? unknown('runtime', at),
  join,
  map,
  pop: (machine, array, _, at) => {
    const last = array.items.at(-1)
    machine.writeItems(array, array.items.slice(0, -1), at)
    return last?.value
  },
  push: (machine, array, args, at) => {
    machine.writeItems(array, [...array.items, ...args], at)
    return array.items.length
  },
  reduce,
  reverse: (machine, array, _, at) => {
    machine.writeItems(array, [...array.items].reverse(), at)
    return array
  },
  shift: (machine, array, _, at) => {
    const first = array.items[0]
    machine.writeItems(array, array.items.slice(1), at)
    return first?.value
  },
  slice,
  some: choose((answers) => answers.some(Boolean)),
  sort,
  splice,
  toString: join,
  unshift: (machine, array, args, at) => {
    machine.writeItems(array, [...args, ...array.items], at)
    return array.items.length
  },
}

/** Methods that only add: they work although more may be in the array than is known. */
const ADDING: ReadonlySet<string> = new Set(['concat', 'push', 'unshift'])

/** Methods by name. */
export const ARRAY_METHODS: ReadonlyMap<string, Native> = new Map(
  Object.entries(METHODS).map(([name, run]): [string, Native] => [
    name,
    {
      type: 'native',
      call: (machine, self, args, at) => {
        if (!isObject(self) || !self.isArray) return unknown('runtime', at)
        machine.spend(1 + self.items.length / 8)
        return self.rest !== undefined && !ADDING.has(name)
          ? unknown(self.rest.reason, at)
          : run(machine, self, args, at)
      },
    },
  ]),
)
