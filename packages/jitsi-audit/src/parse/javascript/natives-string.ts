// Methods of texts that configurations use; patterns run only when they are too simple to run away.
import { TEXT_MAX } from './limits.ts'
import type { Machine } from './machine.ts'
import { textOf } from './operators.ts'
import {
  JsObject,
  type Native,
  type Place,
  type Slot,
  type Value,
  isObject,
  isPrimitive,
  slotOf,
  unknown,
} from './values.ts'

/** Key under which a pattern object keeps its source; no script can name it. */
const PATTERN = '\u0000pattern'

/** A regular expression literal as a value; unknown when it could take long. */
export function patternValue(source: string, flags: string, at: Place): Value {
  const repeats = source.replaceAll(/\\./g, '').match(/[*+?{(]/g)?.length ?? 0
  if (repeats > 1 || source.length > 200 || /[^gi]/.test(flags)) return unknown('runtime', at)
  const object = new JsObject()
  object.slots.set(PATTERN, slotOf(`${flags}/${source}`, at))
  return object
}

function patternOf(value: Value): RegExp | undefined {
  const held = isObject(value) ? value.slots.get(PATTERN)?.value : undefined
  if (typeof held !== 'string') return undefined
  const slash = held.indexOf('/')
  try {
    return new RegExp(held.slice(slash + 1), held.slice(0, slash))
  } catch {
    return undefined
  }
}

/** Longest text that a pattern runs over. */
const PATTERN_TEXT_MAX = 2000

type Method = (text: string, args: readonly Value[], at: Place, machine: Machine) => Value

/** A text or number as argument; undefined where the argument is missing or not known. */
function num(value: Value): number | undefined {
  return value === undefined ? undefined : Number(value)
}

function list(machine: Machine, texts: readonly string[], at: Place): JsObject {
  const array = new JsObject(true)
  machine.spend(texts.length)
  machine.heap.putItems(
    array,
    texts.map((text) => slotOf(text, at)),
  )
  return array
}

type Pure = (text: string, args: readonly (string | number | undefined)[]) => string | number | boolean

const PURE: Readonly<Record<string, Pure>> = {
  charAt: (text, [index]) => text.charAt(Number(index ?? 0)),
  concat: (text, args) => text + args.join(''),
  endsWith: (text, [part]) => text.endsWith(String(part)),
  includes: (text, [part]) => text.includes(String(part)),
  indexOf: (text, [part]) => text.indexOf(String(part)),
  lastIndexOf: (text, [part]) => text.lastIndexOf(String(part)),
  slice: (text, [from, to]) => text.slice(num(from), num(to)),
  startsWith: (text, [part]) => text.startsWith(String(part)),
  substr: (text, [from, length]) => {
    const start = Math.trunc(num(from) ?? 0) || 0
    const begin = start < 0 ? Math.max(0, text.length + start) : start
    return length === undefined ? text.slice(begin) : text.slice(begin, begin + Math.max(0, Number(length)))
  },
  substring: (text, [from, to]) => text.substring(num(from) ?? 0, num(to)),
  toLocaleLowerCase: (text) => text.toLowerCase(),
  toLocaleUpperCase: (text) => text.toUpperCase(),
  toLowerCase: (text) => text.toLowerCase(),
  toString: (text: string) => text,
  toUpperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  trimEnd: (text) => text.trimEnd(),
  trimStart: (text) => text.trimStart(),
  valueOf: (text: string) => text,
}

function split(text: string, [by]: readonly Value[], at: Place, machine: Machine): Value {
  if (by === undefined) return list(machine, [text], at)
  if (typeof by === 'string') {
    machine.spend(text.length / 8)
    return list(machine, text.split(by), at)
  }
  const pattern = patternOf(by)
  return pattern === undefined || text.length > PATTERN_TEXT_MAX
    ? unknown('runtime', at)
    : list(machine, text.split(pattern), at)
}

function replaced(all: boolean): Method {
  return (text, [what, by], at, machine) => {
    machine.spend(text.length / 8)
    if (typeof by !== 'string') return unknown('runtime', at)
    const pattern = patternOf(what)
    if (pattern !== undefined && text.length <= PATTERN_TEXT_MAX) return capped(text.replace(pattern, by), at)
    if (typeof what !== 'string' || text.length * by.length > TEXT_MAX * 20) return unknown('runtime', at)
    return capped(all ? text.replaceAll(what, by) : text.replace(what, by), at)
  }
}

function tested(text: string, [what]: readonly Value[], at: Place): Value {
  const pattern = patternOf(what)
  if (pattern === undefined || text.length > PATTERN_TEXT_MAX) return unknown('runtime', at)
  return text.search(pattern)
}

function capped(text: string, at: Place): Value {
  return text.length > TEXT_MAX ? unknown('limit', at) : text
}

function method(run: Method): Native {
  return {
    type: 'native',
    call: (machine, self, args, at) => {
      const text = isPrimitive(self) ? textOf(self) : undefined
      const values = args.map(({ value }) => value)
      if (text === undefined || args.some((arg: Slot) => !isPrimitive(arg.value) && !isObject(arg.value)))
        return unknown('runtime', at)
      machine.spend(1 + text.length / 100)
      return run(text, values, at, machine)
    },
  }
}

function pure(name: string): Method {
  return (text, args, at) => {
    const texts: (string | number | undefined)[] = []
    for (const arg of args) {
      const one = typeof arg === 'number' || arg === undefined ? arg : textOf(arg)
      if (one === undefined && arg !== undefined) return unknown('runtime', at)
      texts.push(one)
    }
    const value = PURE[name]?.(text, texts)
    return typeof value === 'string' ? capped(value, at) : value
  }
}

/** Methods by name. */
export const STRING_METHODS: ReadonlyMap<string, Native> = new Map<string, Native>([
  ...Object.keys(PURE).map((name): [string, Native] => [name, method(pure(name))]),
  ['split', method(split)],
  ['replace', method(replaced(false))],
  ['replaceAll', method(replaced(true))],
  ['search', method(tested)],
])
