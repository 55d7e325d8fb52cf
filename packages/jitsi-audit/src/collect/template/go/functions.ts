// The functions of Go templates, sprig, Helm, frep and tpl that only rearrange what is known.
import type { Origin } from '../../../core/source.ts'
import type { Node } from '../../../core/value.ts'
import {
  asks,
  calculates,
  compares,
  type GoFunction,
  numberAt,
  onText,
  textAt,
  withText,
} from './arguments.ts'
import { asText, equal, flag, list, map, nothing, number, text, toJson, truth, unknown } from '../values.ts'

const json: GoFunction = (args, here) => {
  const [node] = args
  const value = node === undefined ? undefined : toJson(node)
  return value === undefined ? undefined : text(value, here)
}

const indent: GoFunction = (args, here) => {
  const value = textAt(args, -1)
  const width = Math.min(Math.max(numberAt(args, 0) ?? 0, 0), 100)
  return value === undefined
    ? undefined
    : text(value.replaceAll(/^/gm, ' '.repeat(width)), args.at(-1)?.origin ?? here)
}

const fallback: GoFunction = (args) => {
  const [otherwise, value] = args
  if (value === undefined) return otherwise
  const known = truth(value)
  if (known === undefined) return undefined
  if (known || otherwise === undefined) return value
  return otherwise.kind === 'unknown'
    ? otherwise
    : { ...otherwise, origin: { ...otherwise.origin, kind: 'template-default' } }
}

const splitText = (value: string, separator: string, origin: Origin, most = 1_000): readonly Node[] => {
  const parts = separator === '' ? [value] : value.split(separator)
  const kept =
    parts.length > most ? [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)] : parts
  return kept.map((part) => text(part, origin))
}

const TYPE_NAMES: Readonly<Record<string, Node['kind']>> = {
  string: 'text',
  bool: 'flag',
  map: 'map',
  slice: 'list',
  'map[string]interface {}': 'map',
  '[]interface {}': 'list',
  invalid: 'null',
  float64: 'number',
  int: 'number',
}

const kindIs: GoFunction = (args, here) => {
  const name = textAt(args, 0)
  const kind = args.at(-1)?.kind
  return name === undefined || kind === undefined || kind === 'unknown'
    ? undefined
    : flag(TYPE_NAMES[name] === kind, here)
}

const FORMAT_MAX = 2_000

/** `printf` with the verbs that charts use; white space and widths are ignored. */
const printf: GoFunction = (args, here) => {
  const format = textAt(args, 0)
  if (format === undefined || format.length > FORMAT_MAX) return undefined
  let at = 0
  let known = true
  const result = format.replaceAll(/%(?:%|[-+.\d]*[sdvqt])/g, (verb) => {
    if (verb === '%%') return '%'
    at += 1
    const value = textAt(args, at)
    if (value === undefined) known = false
    return verb.endsWith('q') ? JSON.stringify(value ?? '') : (value ?? '')
  })
  if (!known || args.slice(1, at + 1).length < at) return undefined
  return text(result, args.length === 2 && format === '%s' ? (args[1]?.origin ?? here) : here)
}

const merge: GoFunction = (args, here) => {
  const entries = new Map<string, Node>()
  for (const arg of args.toReversed()) {
    if (arg.kind !== 'map') return undefined
    for (const [key, value] of arg.entries) entries.set(key, value)
  }
  return map(entries, here)
}

export const FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  default: fallback,
  empty: (args, here) => {
    const known = args[0] === undefined ? false : truth(args[0])
    return known === undefined ? undefined : flag(!known, here)
  },
  not: (args, here) => {
    const known = args[0] === undefined ? false : truth(args[0])
    return known === undefined ? undefined : flag(!known, here)
  },
  coalesce: (args, here) => {
    for (const arg of args) {
      const known = truth(arg)
      if (known === undefined) return undefined
      if (known) return arg
    }
    return nothing(here)
  },
  ternary: (args) => {
    const test = args.at(-1)
    const known = test === undefined ? undefined : truth(test)
    return known === undefined ? undefined : args[known ? 0 : 1]
  },
  quote: onText((value) => JSON.stringify(value)),
  squote: onText((value) => `'${value}'`),
  upper: onText((value) => value.toUpperCase()),
  lower: onText((value) => value.toLowerCase()),
  title: onText((value) => value.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())),
  trim: onText((value) => value.trim()),
  nospace: onText((value) => value.replaceAll(/\s/g, '')),
  toString: onText((value) => value),
  print: (args, here) => {
    const parts = args.map((_arg, index) => textAt(args, index))
    return parts.includes(undefined) ? undefined : text(parts.join(''), here)
  },
  trimSuffix: withText((value, suffix) =>
    value.endsWith(suffix) ? value.slice(0, value.length - suffix.length) : value,
  ),
  trimPrefix: withText((value, prefix) => (value.startsWith(prefix) ? value.slice(prefix.length) : value)),
  trimAll: withText((value, letters) => {
    let [from, to] = [0, value.length]
    while (from < to && letters.includes(value[from] ?? '')) from += 1
    while (to > from && letters.includes(value[to - 1] ?? '')) to -= 1
    return value.slice(from, to)
  }),
  trunc: withText((value, length) => value.slice(0, Math.max(0, Number.parseInt(length, 10) || 0))),
  replace: (args, here) => {
    const [from, to, value] = [textAt(args, 0), textAt(args, 1), textAt(args, 2)]
    if (from === undefined || from === '' || to === undefined || value === undefined) return undefined
    return text(
      value.replaceAll(from, () => to),
      args[2]?.origin ?? here,
    )
  },
  contains: asks((value, part) => value.includes(part)),
  hasPrefix: asks((value, part) => value.startsWith(part)),
  hasSuffix: asks((value, part) => value.endsWith(part)),
  printf,
  toYaml: json,
  toJson: json,
  toRawJson: json,
  toPrettyJson: json,
  indent,
  nindent: (args, here) => {
    const inner = indent(args, here)
    return inner?.kind === 'text' ? { ...inner, value: `\n${inner.value}` } : undefined
  },
  int: (args, here) => number(Math.trunc(numberAt(args, -1) ?? 0), here),
  int64: (args, here) => number(Math.trunc(numberAt(args, -1) ?? 0), here),
  add: calculates((a, b) => a + b),
  sub: calculates((a, b) => a - b),
  mul: calculates((a, b) => a * b),
  eq: (args, here) => {
    const [first, ...rest] = args
    const results = rest.map((one) => (first === undefined ? undefined : equal(first, one)))
    return results.includes(true)
      ? flag(true, here)
      : results.includes(undefined)
        ? undefined
        : flag(false, here)
  },
  ne: (args, here) => {
    const same = args[0] === undefined || args[1] === undefined ? undefined : equal(args[0], args[1])
    return same === undefined ? undefined : flag(!same, here)
  },
  lt: compares((a, b) => a < b),
  le: compares((a, b) => a <= b),
  gt: compares((a, b) => a > b),
  ge: compares((a, b) => a >= b),
  len: (args, here) => {
    const [node] = args
    if (node?.kind === 'list') return number(node.items.length, here)
    if (node?.kind === 'map') return number(node.entries.size, here)
    return node?.kind === 'text' ? number(node.value.length, here) : undefined
  },
  list: (args, here) => list(args, here),
  tuple: (args, here) => list(args, here),
  dict: (args, here) => {
    const entries = new Map<string, Node>()
    for (let at = 0; at + 1 < args.length; at += 2) {
      const key = textAt(args, at)
      const value = args[at + 1]
      if (key !== undefined && value !== undefined) entries.set(key, value)
    }
    return map(entries, here)
  },
  get: (args, here) =>
    args[0]?.kind === 'map' ? (args[0].entries.get(textAt(args, 1) ?? '') ?? nothing(here)) : undefined,
  hasKey: (args, here) =>
    args[0]?.kind === 'map' ? flag(args[0].entries.has(textAt(args, 1) ?? ''), here) : undefined,
  index: (args, here) => {
    let node = args[0]
    for (const key of args.slice(1)) {
      const name = asText(key)
      if (name === undefined || node === undefined) return undefined
      if (node.kind === 'map') node = node.entries.get(name) ?? nothing(here)
      else if (node.kind === 'list') node = node.items[Number(name)] ?? nothing(here)
      else return undefined
    }
    return node
  },
  first: (args, here) => (args[0]?.kind === 'list' ? (args[0].items[0] ?? nothing(here)) : undefined),
  last: (args, here) => (args[0]?.kind === 'list' ? (args[0].items.at(-1) ?? nothing(here)) : undefined),
  has: (args, here) => {
    const [item, whole] = args
    if (item === undefined || whole?.kind !== 'list') return undefined
    const results = whole.items.map((one) => equal(one, item))
    return results.includes(true)
      ? flag(true, here)
      : results.includes(undefined)
        ? undefined
        : flag(false, here)
  },
  keys: (args, here) =>
    args[0]?.kind === 'map'
      ? list(
          [...args[0].entries.keys()].map((key) => text(key, here)),
          here,
        )
      : undefined,
  values: (args, here) => (args[0]?.kind === 'map' ? list([...args[0].entries.values()], here) : undefined),
  join: (args, here) => {
    const separator = textAt(args, 0)
    const whole = args[1]
    if (separator === undefined || whole?.kind !== 'list') return undefined
    const items = whole.items.map((item) => asText(item))
    return items.includes(undefined) ? undefined : text(items.join(separator), whole.items[0]?.origin ?? here)
  },
  splitList: (args, here) => {
    const [separator, value] = [textAt(args, 0), textAt(args, 1)]
    if (separator === undefined || value === undefined) return undefined
    return list(value === '' ? [text('', here)] : splitText(value, separator, args[1]?.origin ?? here), here)
  },
  split: (args, here) => numbered(textAt(args, 0), textAt(args, 1), undefined, args[1]?.origin ?? here),
  splitn: (args, here) =>
    numbered(textAt(args, 0), textAt(args, 2), numberAt(args, 1), args[2]?.origin ?? here),
  compact: (args) =>
    args[0]?.kind === 'list'
      ? { ...args[0], items: args[0].items.filter((item) => truth(item) !== false) }
      : undefined,
  uniq: (args) => args[0],
  sortAlpha: (args) => args[0],
  until: (args, here) => {
    const count = Math.min(numberAt(args, 0) ?? 0, 1_000)
    return list(
      Array.from({ length: Math.max(0, Math.trunc(count)) }, (_none, index) => number(index, here)),
      here,
    )
  },
  merge,
  mergeOverwrite: (args, here) => merge(args.toReversed(), here),
  deepCopy: (args) => args[0],
  fail: (_args, here) => unknown(here, 'runtime'),
  kindIs,
  typeIs: kindIs,
}

/** `split` and `splitn` of sprig: a map with the keys `_0`, `_1`, ... */
function numbered(
  separator: string | undefined,
  value: string | undefined,
  most: number | undefined,
  origin: Origin,
): Node | undefined {
  if (separator === undefined || value === undefined) return undefined
  const parts = splitText(value, separator, origin, most ?? 1_000)
  return map(new Map(parts.map((part, index) => [`_${String(index)}`, part])), origin)
}
