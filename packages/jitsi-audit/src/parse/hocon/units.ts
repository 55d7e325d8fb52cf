// Reads durations, sizes and truth values out of HOCON values, in the units that Lightbend's library knows.
import type { Node } from '../../core/value.ts'

const PREFIXES: readonly (readonly [string, string])[] = [
  ['kilo', 'kibi'],
  ['mega', 'mebi'],
  ['giga', 'gibi'],
  ['tera', 'tebi'],
  ['peta', 'pebi'],
  ['exa', 'exbi'],
]

const DURATIONS: ReadonlyMap<string, number> = new Map([
  ...names(1e-6, 'ns nano nanos nanosecond nanoseconds'),
  ...names(1e-3, 'us micro micros microsecond microseconds'),
  ...names(1, 'ms milli millis millisecond milliseconds'),
  ...names(1000, 's second seconds'),
  ...names(60_000, 'm minute minutes'),
  ...names(3_600_000, 'h hour hours'),
  ...names(86_400_000, 'd day days'),
])

const SIZES: ReadonlyMap<string, number> = new Map([
  ...names(1, 'B b byte bytes'),
  ...['k', 'm', 'g', 't', 'p', 'e'].flatMap((letter, index) => sizes(letter, index + 1)),
])

function names(factor: number, list: string): [string, number][] {
  return list.split(' ').map((name) => [name, factor])
}

/** Powers of ten are `kB`, `MB`, `kilobytes`; powers of two are `K`, `Ki`, `KiB`, `kibibytes`. */
function sizes(letter: string, power: number): [string, number][] {
  const upper = letter.toUpperCase()
  const [ten, two] = PREFIXES[power - 1] ?? ['', '']
  return [
    ...names(1000 ** power, `${power === 1 ? letter : upper}B ${ten}byte ${ten}bytes`),
    ...names(1024 ** power, `${letter} ${upper} ${upper}i ${upper}iB ${two}byte ${two}bytes`),
  ]
}

/** Milliseconds; a number without a unit is milliseconds already. Undefined when it is no duration. */
export function asDuration(node: Node): number | undefined {
  return quantity(node, DURATIONS)
}

/** Bytes; a number without a unit is bytes already. Undefined when it is no size. */
export function asBytes(node: Node): number | undefined {
  return quantity(node, SIZES)
}

/** `true`, `yes` and `on`, `false`, `no` and `off`, quoted or not. Undefined when it is neither. */
export function asFlag(node: Node): boolean | undefined {
  if (node.kind === 'flag') return node.value
  if (node.kind !== 'text') return undefined
  if (/^(?:true|yes|on)$/.test(node.value)) return true
  return /^(?:false|no|off)$/.test(node.value) ? false : undefined
}

function quantity(node: Node, units: ReadonlyMap<string, number>): number | undefined {
  if (node.kind === 'number') return node.value
  if (node.kind !== 'text') return undefined
  const match = /^([+-]?\d{1,18}(?:\.\d{1,18})?)(?:\s{0,10}([A-Za-z]{1,20}))?$/.exec(
    node.value.slice(0, 100).trim(),
  )
  if (match === null) return undefined
  const factor = match[2] === undefined ? 1 : units.get(match[2])
  return factor === undefined ? undefined : Number(match[1]) * factor
}
